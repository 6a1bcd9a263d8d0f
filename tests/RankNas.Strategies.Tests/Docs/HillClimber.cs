using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Tests.Docs;

public sealed class HillClimber : ISearchStrategy
{
    public string Id => "hill-climber";

    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        var found = new List<ScoredArchitecture>();
        Architecture top = context.Space.Sample(context.Random);
        for (int step = 0; step < 100 && !context.IsOver; step++)
        {
            Architecture[] around = [top, .. Enumerable.Range(0, 8).Select(_ => context.Space.Mutate(top, context.Random))];
            found.AddRange(await context.EvaluateAsync(around, cancellationToken));
            top = context.Rank(found).Select(ranked => ranked.Architecture).FirstOrDefault(top);
        }

        return found;
    }
}

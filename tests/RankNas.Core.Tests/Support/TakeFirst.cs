using RankNas.Ranking;
using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas.Core.Tests.Support;

/// <summary>A strategy that asks for the first architectures of the space, a few at a time.</summary>
internal sealed class TakeFirst(int batch = 4) : ISearchStrategy
{
    public string Id => "take-first";

    public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default)
    {
        List<ScoredArchitecture> scored = [];
        long count = (long)context.Space.Count;
        for (long next = 0; next < count && !context.IsOver; next += batch)
        {
            long end = Math.Min(next + batch, count);
            Architecture[] wanted = [.. Enumerable.Range((int)next, (int)(end - next)).Select(index => context.Space.FromIndex(index))];
            scored.AddRange(await context.EvaluateAsync(wanted, cancellationToken));
        }

        return scored;
    }
}

using RankNas.Ranking;
using RankNas.Strategies;

namespace RankNas.Docs.Tests.Mine;

/// <summary>What pages call the reader's own.</summary>
public sealed class MyStrategy : ISearchStrategy
{
    public string Id => "mine";

    public Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default) =>
        context.EvaluateAsync([context.Space.FromIndex(0), context.Space.FromIndex(1)], cancellationToken);
}

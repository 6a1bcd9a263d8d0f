using RankNas.Ranking;
using RankNas.Strategies;

namespace RankNas.Core.Tests.Support;

/// <summary>A strategy made of a function.</summary>
internal sealed class FunctionStrategy(
    Func<ISearchContext, CancellationToken, Task<IReadOnlyList<ScoredArchitecture>>?> search, string id = "scripted") : ISearchStrategy
{
    public string Id => id;

    public Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default) =>
        search(context, cancellationToken)!;
}

using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Tests.Support;

/// <summary>One call of <see cref="ISearchContext.Rank"/>.</summary>
/// <param name="Asks">How often the strategy had asked for scores before.</param>
/// <param name="Set">What was to be ranked.</param>
/// <param name="Result">The ranks.</param>
internal sealed record StrategyRun(int Asks, IReadOnlyList<ScoredArchitecture> Set, IReadOnlyList<ScoredArchitecture> Result)
{
    public IEnumerable<Architecture> Architectures => Set.Select(scored => scored.Architecture);
}

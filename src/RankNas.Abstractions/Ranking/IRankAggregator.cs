using System.Collections.Immutable;

namespace RankNas.Ranking;

/// <summary>Makes one figure out of the scores by several proxies, within the set at hand.</summary>
public interface IRankAggregator
{
    /// <summary>Gets the aggregator's name, such as <c>rank-sum</c>.</summary>
    string Id { get; }

    /// <summary>Gets a total for each row of the table, in its order; the smallest is best. NaN is no total, and ends the search.</summary>
    ImmutableArray<double> Aggregate(ScoreTable table);
}

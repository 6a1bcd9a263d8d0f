using System.Collections.Immutable;

namespace RankNas;

/// <summary>An architecture with its place within a set.</summary>
/// <param name="Rank">The place, from 1; equal totals keep the set's order.</param>
/// <param name="Total">What the aggregator made of the scores, for rank aggregation the rank sum; the smallest is best.</param>
/// <param name="Scored">The architecture and its scores.</param>
/// <param name="Ranks">The rank by each proxy within the set, from 1; ties share the mean.</param>
public sealed record RankedArchitecture(int Rank, double Total, ScoredArchitecture Scored, ImmutableArray<double> Ranks)
{
    /// <summary>Gets the architecture.</summary>
    public Architecture Architecture => Scored.Architecture;

    /// <summary>Gets the score by each proxy, in the experiment's order.</summary>
    public ImmutableArray<Score> Scores => Scored.Scores;
}

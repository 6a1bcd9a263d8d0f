using System.Collections.Immutable;

namespace RankNas;

/// <summary>An architecture with its scores.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Scores">One score for each proxy of the experiment, in its order.</param>
public sealed record ScoredArchitecture(Architecture Architecture, ImmutableArray<Score> Scores);

using System.Collections.Immutable;

namespace RankNas;

/// <summary>An architecture as it was scored.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Scores">One score for each proxy of the experiment, in its order; over several repeats their mean.</param>
/// <param name="Seconds">How long scoring took, in seconds, when it was done.</param>
/// <param name="FromStore">Whether all scores were found in the store.</param>
public sealed record EvaluatedArchitecture(Architecture Architecture, ImmutableArray<Score> Scores, double Seconds, bool FromStore)
{
    internal ScoredArchitecture Scored => new(Architecture, Scores);
}

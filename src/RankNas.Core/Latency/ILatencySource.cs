using RankNas.Constraints;

namespace RankNas.Latency;

/// <summary>Knows the latency of architectures, measured or from a table or a model: for <see cref="Objectives.Latency"/> and <see cref="MaxLatency"/>.</summary>
/// <remarks>An architecture's latency must not change within a search. Implementations are safe for concurrent use.</remarks>
public interface ILatencySource
{
    /// <summary>Gets what the latency is of, for people: <c>a batch of 1</c>.</summary>
    string Description { get; }

    /// <summary>Gets an architecture's latency in milliseconds, greater than or equal to 0.</summary>
    /// <param name="candidate">The architecture.</param>
    /// <exception cref="KeyNotFoundException">The latency of this architecture is not known.</exception>
    double MillisecondsOf(ConstraintCandidate candidate);
}

using RankNas.Latency;

namespace RankNas.Constraints;

/// <summary>Admits networks whose forward pass, measured on this machine or known otherwise, takes at most the given time.</summary>
/// <remarks>
/// Measured latencies vary. Each architecture is measured once in the lifetime of the source, so
/// one search is consistent. But another process may decide differently near the limit, and its result then differs.
/// </remarks>
public sealed class MaxLatency : IArchitectureConstraint
{
    /// <summary>Initializes the constraint.</summary>
    /// <param name="limit">The longest pass admitted, greater than 0.</param>
    /// <param name="source">Knows the latencies; one image is measured in libtorch on the CPU where null.</param>
    public MaxLatency(TimeSpan limit, ILatencySource? source = null)
    {
        if (limit <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The longest latency is {limit}: it must be greater than 0.");
        }

        Limit = limit;
        Source = source ?? new TorchLatency();
    }

    /// <summary>Gets the longest pass admitted.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Gets what knows the latencies.</summary>
    public ILatencySource Source { get; }

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"a latency of at most {Limit.TotalMilliseconds:0.###} ms for {Source.Description}");

    /// <inheritdoc/>
    public bool Admits(ConstraintCandidate candidate) => Source.MillisecondsOf(candidate) <= Limit.TotalMilliseconds;

    /// <summary>Gets an architecture's latency: measured by the first call, then cached.</summary>
    /// <param name="candidate">The architecture.</param>
    public TimeSpan LatencyOf(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return TimeSpan.FromMilliseconds(Source.MillisecondsOf(candidate));
    }
}

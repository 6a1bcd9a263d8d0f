using System.Collections.Concurrent;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Constraints;

/// <summary>Admits networks whose forward pass, timed on this machine, takes at most the given time.</summary>
/// <remarks>
/// Measured latencies vary. Each architecture is measured once in the lifetime of this object, so
/// one search is consistent. But another process may decide differently near the limit, and its result then differs.
/// </remarks>
public sealed class MaxLatency : IArchitectureConstraint
{
    private readonly LatencyMeter _meter;
    private readonly ConcurrentDictionary<(string Architecture, NetworkShape Shape), Lazy<TimeSpan>> _measured = new();

    /// <summary>Initializes the constraint.</summary>
    /// <param name="limit">The longest pass admitted, greater than 0.</param>
    /// <param name="meter">How it is measured; one image on the CPU where null.</param>
    public MaxLatency(TimeSpan limit, LatencyMeter? meter = null)
    {
        if (limit <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The longest latency is {limit}: it must be greater than 0.");
        }

        Limit = limit;
        _meter = meter ?? new LatencyMeter();
    }

    /// <summary>Gets the longest pass admitted.</summary>
    public TimeSpan Limit { get; }

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"a latency of at most {Limit.TotalMilliseconds:0.###} ms for a batch of {_meter.BatchSize}");

    /// <inheritdoc/>
    public bool Admits(ConstraintCandidate candidate) => LatencyOf(candidate) <= Limit;

    /// <summary>Gets an architecture's latency: measured by the first call, then cached.</summary>
    /// <param name="candidate">The architecture.</param>
    public TimeSpan LatencyOf(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return _measured.GetOrAdd((candidate.Architecture.Text, candidate.Shape), _ => new Lazy<TimeSpan>(() => Measure(candidate))).Value;
    }

    private TimeSpan Measure(ConstraintCandidate candidate)
    {
        nn.Module<Tensor, Tensor> network = candidate.BuildNetwork();
        using IDisposable owner = NativeModules.Own(network);
        return _meter.Measure(network, candidate.Shape);
    }
}

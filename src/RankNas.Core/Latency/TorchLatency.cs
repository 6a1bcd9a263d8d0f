using System.Collections.Concurrent;
using RankNas.Constraints;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Latency;

/// <summary>Latencies that are measured in libtorch on this machine, each once in the lifetime of this object.</summary>
/// <param name="meter">How it is measured; one image on the CPU where null.</param>
public sealed class TorchLatency(LatencyMeter? meter = null) : ILatencySource
{
    private readonly LatencyMeter _meter = meter ?? new LatencyMeter();
    private readonly ConcurrentDictionary<(string Architecture, NetworkShape Shape), Lazy<double>> _measured = new();

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"a batch of {_meter.BatchSize}");

    /// <inheritdoc/>
    public double MillisecondsOf(ConstraintCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return _measured.GetOrAdd((candidate.Architecture.Text, candidate.Shape), _ => new Lazy<double>(() => Measure(candidate))).Value;
    }

    private double Measure(ConstraintCandidate candidate)
    {
        nn.Module<Tensor, Tensor> network = candidate.BuildNetwork();
        using IDisposable owner = NativeModules.Own(network);
        return _meter.Measure(network, candidate.Shape).TotalMilliseconds;
    }
}

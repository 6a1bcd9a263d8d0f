using System.Collections.Immutable;
using TorchSharp;

namespace RankNas;

/// <summary>All that scoring an architecture in this process takes; fixed for an experiment.</summary>
internal sealed record EvaluationSetup(
    ISearchSpace Space,
    ImmutableArray<IZeroCostProxy> Proxies,
    ProbeImages Images,
    int BatchSize,
    NoiseGenerator Noise,
    WeightInitializer Initializer,
    Precision Precision,
    DeviceType Device,
    long Seed,
    int Workers)
{
    /// <summary>Gets everything but architecture and proxy that a score depends on.</summary>
    public ScoreScope ScopeOf(int repeat)
    {
        NetworkShape shape = Images.Shape;
        return new ScoreScope(
            Space.Id,
            $"{shape.Channels}x{shape.Height}x{shape.Width}/{shape.Classes}",
            $"{Images.Fingerprint(BatchSize)}/{BatchSize}/{Noise.Id}",
            Initializer.Id,
            Precision.ToId(),
            Device == DeviceType.CPU ? "cpu" : Device.ToString().ToLowerInvariant(),
            Seed,
            repeat);
    }
}

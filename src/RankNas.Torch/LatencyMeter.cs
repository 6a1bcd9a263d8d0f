using System.Diagnostics;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Torch.Hooks;

namespace RankNas.Torch;

/// <summary>Measures the inference latency of a network for one batch: in evaluation mode, without gradients.</summary>
/// <remarks>The latency is the median of several passes after some warm-up passes, and varies from run to run.</remarks>
public sealed record LatencyMeter
{
    private const int Most = 65_536;

    /// <summary>Gets the number of images in the batch, from 1 to 65,536.</summary>
    /// <value>The default is 1.</value>
    public int BatchSize { get; init => field = InRange(value, 1, nameof(BatchSize)); } = 1;

    /// <summary>Gets the number of warm-up passes, from 0 to 65,536.</summary>
    /// <value>The default is 2.</value>
    public int WarmUps { get; init => field = InRange(value, 0, nameof(WarmUps)); } = 2;

    /// <summary>Gets the number of timed passes, from 1 to 65,536; their median is the latency.</summary>
    /// <value>The default is 9.</value>
    public int Passes { get; init => field = InRange(value, 1, nameof(Passes)); } = 9;

    /// <summary>Gets the device to measure on; the network is moved there.</summary>
    /// <value>The default is the CPU, with as many threads as libtorch has on the calling thread.</value>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Measures a network.</summary>
    /// <param name="network">The network; it is moved to <see cref="Device"/> and not changed otherwise.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <returns>The median time of one pass.</returns>
    public TimeSpan Measure(nn.Module<Tensor, Tensor> network, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(shape);
        TorchRuntime.EnsureLoaded();

        using DisposeScope scope = NewDisposeScope();
        network.to(Device.ToTorch());
        using var guard = new NetworkStateGuard(network);
        using IDisposable noGradients = no_grad();
        network.eval();
        ScalarType type = network.parameters().FirstOrDefault()?.dtype ?? ScalarType.Float32;
        Tensor images = TensorLayout.ChannelsLast(zeros([BatchSize, .. shape.Input.Select(size => (long)size)], dtype: type, device: Device.ToTorch()));
        MatmulGuard.ThrowIfUnsafe(network, type);
        for (int pass = 0; pass < WarmUps; pass++)
        {
            TimeOf(network, images);
        }

        TimeSpan[] times = [.. Enumerable.Range(0, Passes).Select(_ => TimeOf(network, images)).Order()];
        return (times[(Passes - 1) / 2] + times[Passes / 2]) / 2;
    }

    private TimeSpan TimeOf(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        long start = Stopwatch.GetTimestamp();
        network.call(images);
        if (!Device.IsCpu)
        {
            // A GPU answers before it is done.
            cuda.synchronize(Device.ToTorch());
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static int InRange(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Most, name);
        return value;
    }
}

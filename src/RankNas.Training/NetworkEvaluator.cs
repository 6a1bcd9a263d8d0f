using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training;

/// <summary>Measures how well networks classify images.</summary>
public static class NetworkEvaluator
{
    /// <summary>Classifies images, in evaluation mode and without gradients. The network's modes are as before afterwards.</summary>
    /// <param name="network">A network from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>, on the device.</param>
    /// <param name="images">The images, normalised as those that it was trained on.</param>
    /// <param name="batchSize">How many go through the network at a time; at least 1.</param>
    /// <param name="device">The device that the network is on; the CPU where null.</param>
    /// <param name="cancellationToken">Ends it after the batch at hand.</param>
    /// <exception cref="InvalidOperationException">The network's output is not <c>[N, classes]</c>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ClassificationMetrics Evaluate(
        nn.Module<Tensor, Tensor> network, LabelledImages images, int batchSize = 256, ComputeDevice? device = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        TorchRuntime.EnsureLoaded();
        return Evaluate(network, images, batchSize, (device ?? ComputeDevice.Cpu).ToTorch(), ScalarType.Float32, cancellationToken);
    }

    internal static ClassificationMetrics Evaluate(
        nn.Module<Tensor, Tensor> network, LabelledImages images, int batchSize, Device device, ScalarType dtype, CancellationToken cancellationToken)
    {
        using IDisposable guard = no_grad();
        using var state = new NetworkStateGuard(network);
        network.eval();
        var tally = new MetricsTally(images.ClassNames);
        foreach (int[] places in Enumerable.Range(0, images.Count).Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            Tensor logits = network.call(images.Take(places, device).Images.to(dtype));
            CheckOutput(logits, places.Length, images.Shape);
            tally.Add(logits.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray(), [.. places.Select(place => images.Labels[place])]);
        }

        return tally.ToMetrics();
    }

    /// <summary>Checks that there is a logit for every class.</summary>
    /// <exception cref="InvalidOperationException">There is not.</exception>
    internal static void CheckOutput(Tensor logits, int images, NetworkShape shape)
    {
        if (!logits.Sizes().AsSpan().SequenceEqual([images, shape.Classes]))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"For {images} images in {shape.Classes} classes the network's output is [{string.Join(", ", logits.Sizes())}]: it must be [{images}, {shape.Classes}], one logit for each class."));
        }
    }
}

using RankNas.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Adds up what the weights of a network's convolutions and linear layers contribute to a score.</summary>
/// <param name="scoreOf">Gets each weight's contribution from |w|, from ∂R/∂w divided by a power of two, and from the exponent of that power.</param>
internal sealed class SynapticFlow(Func<Tensor, Tensor, double, Tensor> scoreOf) : IDisposable
{
    // What is made of so many weights stays in the cache; memory for all of a layer's at once takes longer to get than to fill.
    private const long PartLength = 1 << 15;

    private readonly List<(Tensor Weights, Tensor Gradients, double Log2Scale)> _onDevice = [];
    private double _sum;

    /// <summary>Gets the sum. Layers on a GPU are added here, all of a scale at once: to read a number waits for all that was begun.</summary>
    public double Sum() => _sum + _onDevice.GroupBy(layer => layer.Log2Scale).Sum(layers =>
    {
        using DisposeScope scope = NewDisposeScope();
        return scoreOf(cat([.. layers.Select(layer => layer.Weights)], 0), cat([.. layers.Select(layer => layer.Gradients)], 0), layers.Key).sum(ScalarType.Float64).ReadNumber();
    });

    /// <summary>Adds a layer.</summary>
    /// <param name="absoluteWeight">The absolute values of its weights.</param>
    /// <param name="gradient">The gradient of the summed logits by them, in the same order, divided by 2^<paramref name="log2Scale"/>.</param>
    /// <param name="log2Scale">The power of two that the gradient has been divided by to keep it in range.</param>
    public void Take(Tensor absoluteWeight, Tensor gradient, double log2Scale)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor weights, Tensor gradients) = (absoluteWeight.flatten(), gradient.flatten());
        if (!KernelUse.Serves(weights))
        {
            _onDevice.Add((weights.DetachFromDisposeScope(), gradients.DetachFromDisposeScope(), log2Scale));
            return;
        }

        for (long start = 0; start < weights.size(0); start += PartLength)
        {
            using DisposeScope partScope = NewDisposeScope();
            long length = Math.Min(PartLength, weights.size(0) - start);
            _sum += scoreOf(weights.narrow(0, start, length), gradients.narrow(0, start, length), log2Scale).sum(ScalarType.Float64).ReadNumber();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Tensor weights, Tensor gradients, _) in _onDevice)
        {
            weights.Dispose();
            gradients.Dispose();
        }
    }
}

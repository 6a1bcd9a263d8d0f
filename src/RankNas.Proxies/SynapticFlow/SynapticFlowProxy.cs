using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>What SynFlow and LogSynFlow share: the flow through a network made linear and positive.</summary>
/// <remarks>Weights become absolute, BatchNorm the identity, the image all ones; R is the sum of the logits.</remarks>
public abstract class SynapticFlowProxy : IZeroCostProxy
{
    private protected SynapticFlowProxy()
    {
    }

    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool IsConcurrent => true;

    /// <inheritdoc/>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = NewDisposeScope();
        RankNas.SynapticFlow flow = FlowOf(network, batch.Images);
        using IDisposable guard = no_grad();
        double sum = 0;
        foreach ((Tensor weight, Tensor gradient) in flow.Layers)
        {
            using DisposeScope layerScope = NewDisposeScope();
            sum += ScoreOf(weight, gradient, flow.Log2Scale).sum(ScalarType.Float64).item<double>();
        }

        return sum;
    }

    /// <summary>Gets each weight's part in the score.</summary>
    /// <param name="weight">|w|.</param>
    /// <param name="gradient">∂R/∂w divided by 2^<paramref name="log2Scale"/>.</param>
    /// <param name="log2Scale">The power of two.</param>
    private protected abstract Tensor ScoreOf(Tensor weight, Tensor gradient, double log2Scale);

    // A network that keeps its own activations in range needs no more than float32; any other overflows in less than float64.
    private static RankNas.SynapticFlow FlowOf(nn.Module<Tensor, Tensor> network, Tensor images)
    {
        long[] shape = [1, .. images.shape[1..]];
        return network is ISynapticFlowNetwork own
            ? own.ComputeSynapticFlow(ones(
                shape, dtype: images.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32, device: images.device))
            : HookedSynapticFlow.Compute(network, ones(shape, dtype: ScalarType.Float64, device: images.device));
    }
}

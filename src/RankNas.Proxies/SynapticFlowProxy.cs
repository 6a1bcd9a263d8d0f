using RankNas.Kernels;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The base class of SynFlow and LogSynFlow: the flow through the linearised network with absolute weights.</summary>
/// <remarks>
/// Every parameter becomes its absolute value, normalisations (BatchNorm, LayerNorm and their like) and activations become the identity, and the
/// image all ones; R is the sum of the logits. For a network with a graph, the forward and the backward pass run in float32, with powers of two that keep values in range; for any other network,
/// hooks and automatic differentiation in float64 are used. ReLU is the identity for positive values, and other activations only
/// saturate there, so networks with all activations are scored in the same way. The remaining operations, such as pooling, dropout (off), sums,
/// products and <c>matmul</c>, must keep positive values positive: with a division or a subtraction, the score fails with that reason, as it does if the flow
/// overflows float64.
/// <para>
/// Two operations of graphs are bounded, so that their limits take their place, and what they are computed of gets no flow. A product with a sigmoid or a hard sigmoid, as in
/// squeeze-and-excite, is the other factor: the gate is open. Softmax over n values that weighs a
/// matrix product is 1/n: attention is a mean over tokens, and its queries and keys do not count. This is our own extension. Any other softmax fails with that reason; so does every one
/// in modules without a graph, where gates multiply as they are.
/// </para>
/// </remarks>
public abstract class SynapticFlowProxy : IZeroCostProxy, IGraphReader
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
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network has no convolution and no linear layer, or cannot be linearised with absolute weights.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        bool hasGraph = GraphOf(network, batch.Images) is not null;

        // To look at values, so that they stay in range, is to wait for a GPU: it computes in float64, whose range most networks stay in, and looks only where one does not.
        bool isByTensors = !KernelUse.Serves(batch.Images);
        ScalarType dtype = hasGraph && !isByTensors && batch.Images.dtype != ScalarType.Float64 ? ScalarType.Float32 : ScalarType.Float64;
        double score = Score(network, batch.Images, dtype, keepsInRange: !isByTensors);

        if (!double.IsFinite(score) && hasGraph && (dtype != ScalarType.Float64 || isByTensors))
        {
            // A flow that leaves float32 within one layer is left to float64.
            score = Score(network, batch.Images, ScalarType.Float64, keepsInRange: true);
        }

        return double.IsFinite(score) ? score : throw new ProxyNotApplicableException($"{Id} is beyond what float64 holds");
    }

    private double Score(nn.Module<Tensor, Tensor> network, Tensor images, ScalarType dtype, bool keepsInRange)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor image = ones([1, .. images.Sizes()[1..]], dtype: dtype, device: images.device);
        using var flow = new SynapticFlow(ScoreOf);
        if (GraphOf(network, images) is { } graph)
        {
            GraphFlow.Compute(this, graph, image[0], flow, keepsInRange);
        }
        else
        {
            HookedSynapticFlow.Compute(this, network, image, flow);
        }

        return flow.Sum();
    }

    // A graph's shapes are those of its images; others go by hooks.
    private static IGraphNetwork? GraphOf(nn.Module<Tensor, Tensor> network, Tensor images) =>
        network is IGraphNetwork graph && graph.IsFor(images) ? graph : null;

    /// <summary>Gets each weight's contribution to the score.</summary>
    /// <param name="weight">|w|.</param>
    /// <param name="gradient">∂R/∂w divided by 2^<paramref name="log2Scale"/>.</param>
    /// <param name="log2Scale">The power of two.</param>
    private protected abstract Tensor ScoreOf(Tensor weight, Tensor gradient, double log2Scale);
}

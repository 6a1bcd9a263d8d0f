using RankNas.Graphs;
using RankNas.Torch;
using RankNas.Torch.Hooks;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The multiply-accumulates for one image. Higher is better: as a predictor of accuracy, not as a cost.</summary>
/// <remarks>
/// Of convolutions, linear layers and a graph's matrix products, without biases, for an image of the batch's shape.
/// The baseline, with <see cref="ParameterCount"/>, that other proxies should beat; Abdelfattah et al., <em>Zero-Cost
/// Proxies for Lightweight NAS</em>, ICLR 2021.
/// </remarks>
public sealed class MacCount : IZeroCostProxy, IGraphReader
{
    /// <inheritdoc/>
    public string Id => "macs";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool IsConcurrent => true;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    bool IGraphReader.ReadsWeights => false;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network runs no convolution or linear layer by <c>call</c>, or some by <c>forward</c>.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        long macs = network is IGraphNetwork graph && graph.IsFor(batch.Images) ? graph.Graph.Cost.Macs : Measure(network, ShapeOf(batch.Images.Sizes()));
        ProxyNotApplicableException.ThrowIfNone(macs, this, "convolution or linear layer");
        return macs;
    }

    private static NetworkShape ShapeOf(long[] inputs) => inputs switch
    {
        [_, var channels, var height, var width] => new NetworkShape { Channels = (int)channels, Height = (int)height, Width = (int)width },
        [_, var length, var features] => NetworkShape.OfSequences((int)length, (int)features, classes: 1),
        [_, var features] => NetworkShape.OfRows((int)features, classes: 1),
        _ => throw new NotSupportedException($"Multiply-accumulates are counted for images, sequences and rows, not for [{string.Join(", ", inputs)}]."),
    };

    private long Measure(nn.Module<Tensor, Tensor> network, NetworkShape image)
    {
        using var calls = CallLog.Attach(network);
        long macs = NetworkCostMeter.Measure(network, image).Macs;
        HiddenLayers.ThrowIfAny(calls, this, LayerKinds.Convolution, LayerKinds.Linear);
        return macs;
    }
}

using RankNas.Graphs;
using RankNas.Kernels.Convolutions;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>A 1×1 convolution that nobody has computed yet.</summary>
/// <param name="math">What computes it.</param>
/// <param name="node">The convolution.</param>
/// <param name="input">What goes in, which must outlive this.</param>
internal sealed class PendingProduct(ConvolutionMath math, GraphNode node, PassValue input)
{
    /// <summary>Gets the convolution.</summary>
    public GraphNode Node => node;

    /// <summary>Computes it into memory.</summary>
    public Tensor Compute() => math.Convolve(node, input).Features;

    /// <summary>Gets the moments of what comes out.</summary>
    public ChannelMoments Moments()
    {
        (Tensor features, PixelReading reading) = input.ToRead(normalizes: true);
        using LayerWeights weights = math.WeightsOf(node);
        PixelMemory<Float32Value> images = PixelMemory<Float32Value>.Open(features);
        return ChannelCovariance.Of(images, input.Noting(reading)).MomentsOf(weights.Values, node.Shape[0]) ?? PointwiseKernel.MomentsOf(node.Shape[0], images, weights.Values, reading);
    }

    /// <summary>Gets the product normalised, as it is computed while it is read.</summary>
    /// <param name="reading">What else is done with its values.</param>
    public Expansion Expand(PixelReading reading)
    {
        (Tensor features, PixelReading read) = input.ToRead(normalizes: true);
        using LayerWeights weights = math.WeightsOf(node);
        return Expansion.Of(PixelMemory<Float32Value>.Open(features), read, weights.Values, reading.Factors!.Value, reading);
    }
}

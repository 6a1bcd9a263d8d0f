using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>Convolutions.</summary>
internal sealed class ConvolutionMath(IGraphNetwork network, PassMemory memory)
{
    /// <summary>Convolves.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="input">What goes in; it stays the caller's.</param>
    public PassValue Convolve(GraphNode node, PassValue input) =>
        TryConvolve<Float32Value>(node, input) ?? TryConvolve<BFloat16Value>(node, input)
        ?? new PassValue(ConvolveByLibtorch(node, input.Written.Value));

    /// <summary>Leaves a 1×1 convolution to its reader, which convolves each channel alone; null where it must be computed now.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="input">What goes in; it must outlive what is given.</param>
    public PassValue? TryPostpone(GraphNode node, PassValue input) =>
        input.Product is null && memory.TryOpen(input.Features, out PixelMemory<Float32Value> images)
            && ConvolutionKernels.For((ConvolutionOperation)node.Operation, images, node.Shape[1] * node.Shape[2]) is not null
            ? new PassValue(new PendingProduct(this, node, input), images.Images)
            : null;

    /// <summary>Gets a convolution's weights.</summary>
    /// <param name="node">The convolution.</param>
    public LayerWeights WeightsOf(GraphNode node) => LayerWeights.Of(network, node);

    private PassValue? TryConvolve<T>(GraphNode node, PassValue input)
        where T : unmanaged, IPixelValue<T>
    {
        var operation = (ConvolutionOperation)node.Operation;
        if (input.Product is { } product)
        {
            return Filter(node, product, input.Noting(input.Reading));
        }

        (int height, int width) = (node.Shape[1], node.Shape[2]);
        (Tensor features, PixelReading reading) = input.ToRead(ConvolutionKernels.Normalizes(operation, (int)input.Features.size(1)));
        if (!memory.TryOpen(features, out PixelMemory<T> images) || ConvolutionKernels.For(operation, images, height * width) is not { } convolve)
        {
            return null;
        }

        using LayerWeights weights = WeightsOf(node);
        Tensor output = memory.NewLike(images, operation.OutChannels, height, width, out PixelMemory<T> convolved);
        return new PassValue(output, convolve(operation, images, weights.Values, convolved, input.Noting(reading)));
    }

    // Only convolutions of each channel alone read what is not yet computed.
    private PassValue Filter(GraphNode node, PendingProduct product, PixelReading reading)
    {
        Expansion expansion = product.Expand(reading);
        using LayerWeights weights = WeightsOf(node);
        Tensor output = memory.NewLike(expansion.Images, node.Shape[0], node.Shape[1], node.Shape[2], out PixelMemory<Float32Value> convolved);
        return new PassValue(output, DepthwiseKernel.Convolve((ConvolutionOperation)node.Operation, expansion, weights.Values, convolved));
    }

    private Tensor ConvolveByLibtorch(GraphNode node, Tensor input)
    {
        var operation = (ConvolutionOperation)node.Operation;
        return CorrectConvolutions.Convolve(
            input, network.Weight($"{node.Name}.weight"), operation.HasBias ? network.Weight($"{node.Name}.bias") : null, Pair(operation.Stride),
            Pair(operation.Padding), Pair(operation.Dilation), operation.Groups);
    }

    private static (int Height, int Width) Pair(Graphs.Size2D size) => (size.Height, size.Width);
}

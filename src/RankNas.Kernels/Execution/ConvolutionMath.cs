using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;
using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Kernels.Execution;

/// <summary>Convolutions.</summary>
internal sealed class ConvolutionMath(PassMemory memory)
{
    /// <summary>Convolves.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What goes in; it stays the caller's.</param>
    public PassValue Convolve(GraphNode node, Conv2d layer, PassValue input) =>
        TryConvolve<Float32Value>(node, layer, input) ?? TryConvolve<BFloat16Value>(node, layer, input)
        ?? new PassValue(ConvolveByLibtorch((ConvolutionOperation)node.Operation, layer, input.Written.Value));

    /// <summary>Leaves a 1×1 convolution to its reader, which convolves each channel alone; null where it must be computed now.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What goes in; it must outlive what is given.</param>
    public PassValue? TryPostpone(GraphNode node, Conv2d layer, PassValue input) =>
        input.Product is null && memory.TryOpen(input.Features, out PixelMemory<Float32Value> images)
            && ConvolutionKernels.For((ConvolutionOperation)node.Operation, images, node.Shape[1] * node.Shape[2]) is not null
            ? new PassValue(new PendingProduct(this, node, layer, input), images.Images)
            : null;

    private PassValue? TryConvolve<T>(GraphNode node, Conv2d layer, PassValue input)
        where T : unmanaged, IPixelValue<T>
    {
        var operation = (ConvolutionOperation)node.Operation;
        if (input.Product is { } product)
        {
            return Filter(node, layer, product, input.Noting(input.Reading));
        }

        (int height, int width) = (node.Shape[1], node.Shape[2]);
        (Tensor features, PixelReading reading) = input.ToRead(ConvolutionKernels.Normalizes(operation, (int)input.Features.shape[1]));
        if (!memory.TryOpen(features, out PixelMemory<T> images) || ConvolutionKernels.For(operation, images, height * width) is not { } convolve)
        {
            return null;
        }

        using LayerWeights weights = LayerWeights.Of(layer);
        Tensor output = memory.NewLike(images, operation.OutChannels, height, width, out PixelMemory<T> convolved);
        return new PassValue(output, convolve(operation, images, weights.Values, convolved, input.Noting(reading)));
    }

    // Only convolutions of each channel alone read what is not yet computed.
    private PassValue Filter(GraphNode node, Conv2d layer, PendingProduct product, PixelReading reading)
    {
        Expansion expansion = product.Expand(reading);
        using LayerWeights weights = LayerWeights.Of(layer);
        Tensor output = memory.NewLike(expansion.Images, node.Shape[0], node.Shape[1], node.Shape[2], out PixelMemory<Float32Value> convolved);
        return new PassValue(output, DepthwiseKernel.Convolve((ConvolutionOperation)node.Operation, expansion, weights.Values, convolved));
    }

    // Laid out channel by channel, libtorch is wrong for some numbers of them.
    private static Tensor ConvolveByLibtorch(ConvolutionOperation operation, Conv2d layer, Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = TensorLayout.ChannelsLast(input);
        Tensor convolved = IsWrong(operation, images)
            ? PointwiseConvolutions.Multiply(images, layer.weight!) is var product && layer.bias is { } bias ? product.Plus(bias.view(1, -1, 1, 1)) : product
            : nn.functional.conv2d(
                images, layer.weight, layer.bias, Sizes(operation.Stride), Sizes(operation.Padding), Sizes(operation.Dilation), operation.Groups);
        return convolved.MoveToOuterDisposeScope();
    }

    private static bool IsWrong(ConvolutionOperation operation, Tensor images) =>
        operation is { Kernel: (1, 1), Stride: (1, 1), Padding: (0, 0), Groups: 1 } && images.device_type == DeviceType.CPU
        && !PointwiseConvolutions.AreRight(operation.OutChannels);

    private static long[] Sizes(Graphs.Size2D size) => [size.Height, size.Width];
}

using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Memory;
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

    private PassValue? TryConvolve<T>(GraphNode node, Conv2d layer, PassValue input)
        where T : unmanaged, IPixelValue<T>
    {
        var operation = (ConvolutionOperation)node.Operation;
        (int height, int width) = (node.Shape[1], node.Shape[2]);
        (Tensor features, Clamp clamp) = input.ToRead();
        if (!memory.TryOpen(features, out PixelMemory<T> images) || ConvolutionKernels.For(operation, images, height * width) is not { } convolve)
        {
            return null;
        }

        using Tensor weight = TensorMemory.ToFloat32(layer.weight!);
        using Tensor? bias = layer.bias is { } own ? TensorMemory.ToFloat32(own) : null;
        var weights = new ConvolutionWeights(TensorMemory.ValuesOf<float>(weight), bias is null ? [] : TensorMemory.ValuesOf<float>(bias));
        Tensor output = memory.NewLike(images, operation.OutChannels, height, width, out PixelMemory<T> convolved);
        return new PassValue(output, convolve(operation, images, weights, convolved, clamp));
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

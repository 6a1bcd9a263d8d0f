using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>The layers of a NATS-Bench network as plain functions without gradients, BatchNorm on batch statistics.</summary>
/// <remarks>By kernels of our own where the images lie pixel by pixel on the CPU in float32 or bfloat16, else by libtorch's.</remarks>
internal static class LayerMath
{
    /// <summary>Convolves; the input stays the caller's.</summary>
    public static Convolved Convolve(ConvolutionInput input, Conv2d layer) => layer switch
    {
        { kernel_size: [1, 1] } when !PointwiseConvolutions.AreRight(layer.out_channels) =>
            new Convolved(PointwiseConvolutions.Multiply(input.Values.Value, layer.weight!)),
        { kernel_size: [3, 3], stride: [1, 1], padding: [1, 1] } => ConvolveNeighborhoods(input, layer),
        _ => ConvolveByLibtorch(input, layer),
    };

    public static Tensor Rectify(Tensor input) => input.relu();

    /// <summary>Normalises by batch statistics.</summary>
    public static Tensor Normalize(Tensor input, BatchNorm2d layer) =>
        nn.functional.batch_norm(input, null!, null!, layer.weight, layer.bias, training: true, momentum: 0, layer.eps);

    /// <summary>Tells whether normalised zeros are zeros.</summary>
    public static bool KeepsZeros(BatchNorm2d layer)
    {
        using Tensor others = layer.bias!.count_nonzero();
        return layer.eps > 0 && others.item<long>() == 0;
    }

    /// <summary>Normalises what nobody else uses, in place where that is faster; the input is used up.</summary>
    public static Tensor NormalizeOwned(Convolved input, BatchNorm2d layer)
    {
        Tensor images = input.Images;
        if (TryNormalize<Float32Value>(input, layer, images, accumulate: false) || TryNormalize<BFloat16Value>(input, layer, images, accumulate: false))
        {
            return images;
        }

        using (images)
        {
            return Normalize(images, layer);
        }
    }

    /// <summary>Adds the normalised input to a sum in place; the input is used up.</summary>
    public static void AddNormalized(Tensor sum, Convolved input, BatchNorm2d layer)
    {
        if (TryNormalize<Float32Value>(input, layer, sum, accumulate: true) || TryNormalize<BFloat16Value>(input, layer, sum, accumulate: true))
        {
            input.Images.Dispose();
            return;
        }

        using Tensor normalized = NormalizeOwned(input, layer);
        sum.AddInPlace(normalized);
    }

    /// <summary>The mean of the 3×3 neighbourhood, not counting the padding.</summary>
    public static Tensor PoolNeighborhood(Tensor input) =>
        TryPool<Float32Value>(input) ?? TryPool<BFloat16Value>(input) ?? nn.functional.avg_pool2d(input, 3, 1, 1, count_include_pad: false);

    /// <summary>The mean of 2×2 squares; odd sizes are rounded up.</summary>
    public static Tensor PoolHalving(Tensor input) => nn.functional.avg_pool2d(input, 2, 2, ceil_mode: true);

    private static Convolved ConvolveNeighborhoods(ConvolutionInput input, Conv2d layer) =>
        TryConvolve<Float32Value>(input, layer) ?? TryConvolve<BFloat16Value>(input, layer) ?? ConvolveByLibtorch(input, layer);

    private static Convolved ConvolveByLibtorch(ConvolutionInput input, Conv2d layer) =>
        new(nn.functional.conv2d(input.Values.Value, layer.weight, null, layer.stride, layer.padding));

    private static Convolved? TryConvolve<T>(ConvolutionInput input, Conv2d layer)
        where T : unmanaged, IPixelValue<T>
    {
        if (!PixelMemory<T>.TryOpen(input.Features, out PixelMemory<T> images) || !WinogradKernel.Suits(images, (int)layer.out_channels))
        {
            return null;
        }

        using Tensor weight = Float32Of(layer.weight!);
        Tensor output = PixelMemory<T>.NewLike(input.Features, layer.out_channels, out PixelMemory<T> convolved);
        var moments = new ChannelMoments(convolved.Channels);
        WinogradKernel.Convolve(images, ValuesOf(weight), convolved, input.IsRectified, moments);
        return new Convolved(output, moments);
    }

    private static bool TryNormalize<T>(Convolved input, BatchNorm2d layer, Tensor target, bool accumulate)
        where T : unmanaged, IPixelValue<T>
    {
        if (!PixelMemory<T>.TryOpen(input.Images, out PixelMemory<T> images) || !BatchNormKernel.Suits(images)
            || !PixelMemory<T>.TryOpen(target, out PixelMemory<T> written))
        {
            return false;
        }

        using Tensor weight = Float32Of(layer.weight!);
        using Tensor bias = Float32Of(layer.bias!);
        BatchNormKernel.Apply(images, input.Moments, ValuesOf(weight), ValuesOf(bias), layer.eps, written.Values, accumulate);
        return true;
    }

    private static Tensor? TryPool<T>(Tensor input)
        where T : unmanaged, IPixelValue<T>
    {
        if (!PixelMemory<T>.TryOpen(input, out PixelMemory<T> images))
        {
            return null;
        }

        Tensor means = PixelMemory<T>.NewLike(input, input.shape[1], out PixelMemory<T> target);
        NeighborhoodMeanKernel.Apply(images, target.Values);
        return means;
    }

    private static Tensor Float32Of(Parameter parameter)
    {
        using DisposeScope scope = NewDisposeScope();
        return parameter.detach().to(ScalarType.Float32).contiguous().MoveToOuterDisposeScope();
    }

    private static ReadOnlySpan<float> ValuesOf(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);
}

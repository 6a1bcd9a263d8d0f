using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>The layers of a NATS-Bench network as plain functions without gradients, BatchNorm on batch statistics.</summary>
/// <remarks>By kernels of our own where the images lie pixel by pixel on the CPU in float32, else by libtorch's.</remarks>
internal static class LayerMath
{
    public static Tensor Convolve(Tensor input, Conv2d layer) => layer switch
    {
        { kernel_size: [1, 1] } when !PointwiseConvolutions.AreRight(layer.out_channels) => PointwiseConvolutions.Multiply(input, layer.weight!),
        { kernel_size: [3, 3], stride: [1, 1], padding: [1, 1] } => ConvolveNeighborhoods(input, layer),
        _ => ConvolveByLibtorch(input, layer),
    };

    public static Tensor Rectify(Tensor input) => input.relu();

    /// <summary>Normalises by batch statistics.</summary>
    public static Tensor Normalize(Tensor input, BatchNorm2d layer) =>
        nn.functional.batch_norm(input, null!, null!, layer.weight, layer.bias, training: true, momentum: 0, layer.eps);

    /// <summary>Normalises what nobody else uses, in place where that is faster; the input is used up.</summary>
    public static Tensor NormalizeOwned(Tensor input, BatchNorm2d layer)
    {
        if (PixelMemory.TryOpen(input, BatchNormKernel.Lanes, out PixelMemory images))
        {
            BatchNormKernel.Apply(images, ValuesOf(layer.weight!), ValuesOf(layer.bias!), layer.eps, images.Values, accumulate: false);
            return input;
        }

        using (input)
        {
            return Normalize(input, layer);
        }
    }

    /// <summary>Adds the normalised input to a sum in place; the input is used up.</summary>
    public static void AddNormalized(Tensor sum, Tensor input, BatchNorm2d layer)
    {
        if (PixelMemory.TryOpen(input, BatchNormKernel.Lanes, out PixelMemory images)
            && PixelMemory.TryOpen(sum, BatchNormKernel.Lanes, out PixelMemory target))
        {
            BatchNormKernel.Apply(images, ValuesOf(layer.weight!), ValuesOf(layer.bias!), layer.eps, target.Values, accumulate: true);
            input.Dispose();
            return;
        }

        using Tensor normalized = NormalizeOwned(input, layer);
        sum.AddInPlace(normalized);
    }

    /// <summary>The mean of the 3×3 neighbourhood, not counting the padding.</summary>
    public static Tensor PoolNeighborhood(Tensor input)
    {
        if (PixelMemory.TryOpen(input, lanes: 1, out PixelMemory images))
        {
            Tensor means = PixelMemory.NewLike(input, input.shape[1]);
            if (PixelMemory.TryOpen(means, lanes: 1, out PixelMemory target))
            {
                NeighborhoodMeanKernel.Apply(images, target.Values);
                return means;
            }

            means.Dispose();
        }

        return nn.functional.avg_pool2d(input, 3, 1, 1, count_include_pad: false);
    }

    /// <summary>The mean of 2×2 squares; odd sizes are rounded up.</summary>
    public static Tensor PoolHalving(Tensor input) => nn.functional.avg_pool2d(input, 2, 2, ceil_mode: true);

    private static Tensor ConvolveNeighborhoods(Tensor input, Conv2d layer)
    {
        if (layer.weight!.is_contiguous() && PixelMemory.TryOpen(input, lanes: 1, out PixelMemory images)
            && WinogradKernel.Suits(images, (int)layer.out_channels))
        {
            Tensor output = PixelMemory.NewLike(input, layer.out_channels);
            if (PixelMemory.TryOpen(output, lanes: 1, out PixelMemory convolved))
            {
                WinogradKernel.Convolve(images, ValuesOf(layer.weight), convolved);
                return output;
            }

            output.Dispose();
        }

        return ConvolveByLibtorch(input, layer);
    }

    private static Tensor ConvolveByLibtorch(Tensor input, Conv2d layer) =>
        nn.functional.conv2d(input, layer.weight, null, layer.stride, layer.padding);

    private static ReadOnlySpan<float> ValuesOf(Parameter parameter)
    {
        using Tensor values = parameter.detach();
        return MemoryMarshal.Cast<byte, float>(values.bytes);
    }
}

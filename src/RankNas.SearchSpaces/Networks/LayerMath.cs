using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>The layers of a NATS-Bench network as plain functions, BatchNorm on batch statistics.</summary>
internal static class LayerMath
{
    public static Tensor Convolve(Tensor input, Tensor weight, Conv2d layer) =>
        weight.shape is [var outChannels, _, 1, 1] && !PointwiseConvolutions.AreRight(outChannels)
        ? PointwiseConvolutions.Multiply(input, weight)
        : nn.functional.conv2d(input, weight, null, layer.stride, layer.padding);

    public static Tensor Rectify(Tensor input) => input.relu();

    /// <summary>Normalises by batch statistics, and disposes the input.</summary>
    public static Tensor Normalize(Tensor input, BatchNorm2d layer)
    {
        using (input)
        {
            return nn.functional.batch_norm(input, null!, null!, layer.weight, layer.bias, training: true, momentum: 0, layer.eps);
        }
    }

    /// <summary>The mean of the 3×3 neighbourhood, not counting the padding.</summary>
    public static Tensor PoolNeighborhood(Tensor input) => nn.functional.avg_pool2d(input, 3, 1, 1, count_include_pad: false);

    /// <summary>The mean of 2×2 squares; odd sizes are rounded up.</summary>
    public static Tensor PoolHalving(Tensor input) => nn.functional.avg_pool2d(input, 2, 2, ceil_mode: true);
}

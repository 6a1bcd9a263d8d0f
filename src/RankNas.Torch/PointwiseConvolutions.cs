using System.Collections.Concurrent;
using RankNas.Proxies;
using TorchSharp.Modules;

namespace RankNas.Torch;

/// <summary>Correct 1×1 convolutions; libtorch 2.10 computes them wrongly for some numbers of channels on processors with AVX-512.</summary>
/// <remarks>
/// For batches of 16 or more float32 images in NHWC (<see cref="TensorLayout.ChannelsLast"/>), the results for 33 to 45, 65 to 80
/// and some more output channels are wrong. A matrix product is correct, but slower. Each number of channels is tested on the current
/// machine first.
/// </remarks>
public static class PointwiseConvolutions
{
    private const double LargestRoundingError = 1e-3;

    private static readonly ConcurrentDictionary<long, bool> Right = new();

    /// <summary>Tells whether libtorch's 1×1 convolutions with the given number of output channels are correct on this machine's CPU.</summary>
    /// <param name="outChannels">The number of output channels.</param>
    public static bool AreRight(long outChannels) => Right.GetOrAdd(outChannels, Probe);

    /// <summary>Convolves by a matrix product.</summary>
    /// <param name="images">Images <c>[N, C, H, W]</c>.</param>
    /// <param name="weight">The weight <c>[O, C, 1, 1]</c>.</param>
    /// <returns>Images <c>[N, O, H, W]</c>, in NHWC.</returns>
    public static Tensor Multiply(Tensor images, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(weight);
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = images.permute(0, 2, 3, 1);
        Tensor product = pixels.reshape(-1, images.shape[1]).mm(weight.flatten(1).t());
        return product.view(pixels.shape[0], pixels.shape[1], pixels.shape[2], weight.shape[0]).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Makes a network compute 1×1 convolutions, and their gradients, correctly where libtorch's are wrong.</summary>
    /// <param name="network">The network; its other layers are not changed.</param>
    /// <returns>Ends the repair when disposed. It need not be disposed: the repair may last as long as the network.</returns>
    public static IDisposable Repair(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);

        // All are found before the first is touched: finding may fail.
        Conv2d[] wrong = [.. network.modules().Prepend(network).Distinct().OfType<Conv2d>().Where(IsWrong)];
        return new Repairs([.. wrong.Select(layer => (Action)layer.register_forward_hook((_, input, output) => Answer(layer, input, output)).remove)]);
    }

    private static bool IsWrong(Conv2d layer) =>
        layer.weight!.shape is [_, _, 1, 1] && layer.groups == 1 && layer.stride.All(step => step == 1) && DoesNotPad(layer)
        && layer.weight.dtype == ScalarType.Float32 && layer.weight.device_type == DeviceType.CPU
        && !AreRight(layer.out_channels);

    // Padding.Same and Padding.Valid, which leave no numbers, pad a 1×1 convolution by nothing.
    private static bool DoesNotPad(Conv2d layer) => layer.padding?.All(width => width == 0) ?? true;

    private static Tensor Answer(Conv2d layer, Tensor input, Tensor output)
    {
        if (input.device_type != DeviceType.CPU || input.dtype != ScalarType.Float32 || input.dim() != 4)
        {
            return output;
        }

        output.Dispose();
        Tensor product = Multiply(input, layer.weight!);
        return layer.bias is null ? product : product.Plus(layer.bias.view(1, -1, 1, 1));
    }

    private static bool Probe(long outChannels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor images = TensorLayout.ChannelsLast(linspace(-1, 1, 16 * 8 * 2 * 2, dtype: ScalarType.Float32, device: CPU).reshape(16, 8, 2, 2));
        Tensor weight = linspace(1, 2, outChannels * 8, dtype: ScalarType.Float32, device: CPU).reshape(outChannels, 8, 1, 1);
        Tensor difference = nn.functional.conv2d(images, weight) - Multiply(images, weight);
        return difference.abs().max().item<float>() < LargestRoundingError;
    }

    private sealed class Repairs(Action[] removals) : IDisposable
    {
        public void Dispose() => Array.ForEach(removals, remove => remove());
    }
}

using System.Collections.Concurrent;
using RankNas.Proxies;
using TorchSharp.Modules;

namespace RankNas.Torch;

/// <summary>Correct convolutions; libtorch 2.10 computes some wrongly on the CPU, and ends the process at others.</summary>
/// <remarks>
/// <para>
/// For batches of 16 or more float32 images in NHWC (<see cref="TensorLayout.ChannelsLast"/>), 1×1 convolutions of 33 to 45, 65 to 80 and some
/// more output channels are wrong on processors with AVX-512. A matrix product is correct, but slower. Each number of channels is tested on the
/// current machine first.
/// </para>
/// <para>
/// In NHWC, a convolution may have windows that lie in the left or right padding alone, such as 1×1 with a padding of 1. oneDNN may then access
/// memory that is not its own (its issue 5942). Such images are padded beforehand.
/// </para>
/// <para>
/// In bfloat16, the gradient by the weights of a dilated convolution with groups is what happens to be in memory, for images of 32 pixels and more on
/// processors with AVX-512. <see cref="Repair"/> has such layers compute in float32.
/// </para>
/// </remarks>
public static class CorrectConvolutions
{
    private const double LargestRoundingError = 1e-3;

    private static readonly ConcurrentDictionary<long, bool> RightPointwise = new();

    /// <summary>Convolves images in NHWC.</summary>
    /// <param name="images">Images <c>[N, C, H, W]</c>, in any memory format.</param>
    /// <param name="weight">The weight <c>[O, C / groups, kernel height, kernel width]</c>.</param>
    /// <param name="bias">The bias <c>[O]</c>; null for none.</param>
    /// <param name="stride">The strides of height and width.</param>
    /// <param name="padding">The zeros above and below, and left and right.</param>
    /// <param name="dilation">The dilations of height and width.</param>
    /// <param name="groups">The number of groups.</param>
    /// <returns>Images <c>[N, O, H, W]</c>.</returns>
    public static Tensor Convolve(
        Tensor images, Tensor weight, Tensor? bias, (int Height, int Width) stride, (int Height, int Width) padding, (int Height, int Width) dilation, int groups)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(weight);
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = TensorLayout.ChannelsLast(images);
        if (weight.Sizes() is [_, _, 1, 1] && stride == (1, 1) && padding == (0, 0) && groups == 1 && IsOnCpu(pixels) && !ArePointwiseRight(weight.size(0)))
        {
            return Multiply(pixels, weight, bias).MoveToOuterDisposeScope();
        }

        if (ReadPaddingAlone(images.size(3), weight.size(3), stride.Width, padding.Width, dilation.Width))
        {
            pixels = TensorLayout.ChannelsLast(nn.functional.pad(pixels, [padding.Width, padding.Width, padding.Height, padding.Height]));
            padding = (0, 0);
        }

        return nn.functional.conv2d(pixels, weight, bias, Pair(stride), Pair(padding), Pair(dilation), groups).MoveToOuterDisposeScope();
    }

    /// <summary>Makes a network's convolutions, and their gradients, correct where libtorch's are not.</summary>
    /// <remarks>
    /// Convolutions that <c>Padding.Same</c> pads are left as they are; those with an even, dilated kernel that is wider than the images may
    /// still end the process.
    /// </remarks>
    /// <param name="network">The network; its other layers are not changed.</param>
    /// <returns>Ends the repair when disposed. It need not be disposed: the repair may last as long as the network.</returns>
    public static IDisposable Repair(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);

        // All are found before the first is touched: finding may fail.
        Conv2d[] layers = [.. network.modules().Prepend(network).Distinct().OfType<Conv2d>()];
        Conv2d[] wrong = [.. layers.Where(IsWrongPointwise)], unsafeOnes = [.. layers.Where(MayReadPaddingAlone)], rough = [.. layers.Where(HasWrongGradient)];
        return new Repairs([
            .. wrong.Select(layer => (Action)layer.register_forward_hook((_, input, output) => Answer(layer, input, output)).remove),
            .. rough.Select(layer => (Action)layer.register_forward_hook((_, input, output) => AnswerInFloat32(layer, input, output)).remove),
            .. unsafeOnes.Select(PadBeforehand)]);
    }

    /// <summary>Tells whether libtorch's 1×1 convolutions in NHWC with the given number of output channels are correct on this machine's CPU.</summary>
    internal static bool ArePointwiseRight(long outChannels) => RightPointwise.GetOrAdd(outChannels, Probe);

    /// <summary>Tells whether any window of a convolution reads zeros of the left or right padding and nothing else.</summary>
    internal static bool ReadPaddingAlone(long width, long kernel, long stride, long padding, long dilation)
    {
        if (!MayReadPaddingAlone(kernel, padding, dilation))
        {
            return false;
        }

        long count = (width + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
        for (long left = -padding; count > 0; left += stride, count--)
        {
            // The first element of the kernel that is not left of the images.
            long element = Math.Max(0, (-left + dilation - 1) / dilation);
            if (element >= kernel || left + element * dilation >= width)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Convolves 1×1 by a matrix product.</summary>
    internal static Tensor Multiply(Tensor images, Tensor weight, Tensor? bias)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = images.permute(0, 2, 3, 1);
        Tensor product = pixels.reshape(-1, images.size(1)).mm(weight.flatten(1).t());
        Tensor convolved = product.view(pixels.size(0), pixels.size(1), pixels.size(2), weight.size(0)).permute(0, 3, 1, 2);
        return (bias is null ? convolved : convolved.Plus(bias.view(1, -1, 1, 1))).MoveToOuterDisposeScope();
    }

    // Without dilation a window that is wider than the padding reaches the images, from either side.
    private static bool MayReadPaddingAlone(long kernel, long padding, long dilation) => padding > 0 && (padding >= kernel || dilation > 1);

    private static bool MayReadPaddingAlone(Conv2d layer) =>
        layer is { padding_mode: PaddingModes.Zeros, padding: [.., var padding] }
        && MayReadPaddingAlone(layer.weight!.size(-1), padding, layer.dilation is [.., var dilation] ? dilation : 1);

    // Any mode but Zeros pads before the convolution, and Constant does it by zeros.
    private static Action PadBeforehand(Conv2d layer)
    {
        Action removeHook = layer.register_forward_pre_hook((_, input) =>
        {
            bool pads = ReadPaddingAlone(
                input.size(-1), layer.weight!.size(-1), layer.stride[^1], layer.padding![^1], layer.dilation is [.., var dilation] ? dilation : 1);
            layer.padding_mode = pads ? PaddingModes.Constant : PaddingModes.Zeros;
            return input;
        }).remove;
        return () =>
        {
            removeHook();
            layer.padding_mode = PaddingModes.Zeros;
        };
    }

    private static bool IsWrongPointwise(Conv2d layer) =>
        layer.weight!.Sizes() is [_, _, 1, 1] && layer.groups == 1 && layer.stride.All(step => step == 1) && DoesNotPad(layer)
        && IsOnCpu(layer.weight) && !ArePointwiseRight(layer.out_channels);

    private static bool IsOnCpu(Tensor tensor) => tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU;

    // Padding.Same and Padding.Valid, which leave no numbers, pad a 1×1 convolution by nothing.
    private static bool DoesNotPad(Conv2d layer) => layer.padding?.All(width => width == 0) ?? true;

    private static Tensor Answer(Conv2d layer, Tensor input, Tensor output)
    {
        if (!IsOnCpu(input) || input.dim() != 4)
        {
            return output;
        }

        output.Dispose();
        return Multiply(input, layer.weight!, layer.bias);
    }

    // In bfloat16 alone, which a layer may be put into later.
    private static bool HasWrongGradient(Conv2d layer) =>
        layer is { groups: > 1, padding_mode: PaddingModes.Zeros, padding: [_, _], stride: [_, _], dilation: [var down, var across] } && Math.Max(down, across) > 1;

    private static bool IsRough(Tensor tensor) => tensor.dtype == ScalarType.BFloat16 && tensor.device_type == DeviceType.CPU;

    private static Tensor AnswerInFloat32(Conv2d layer, Tensor input, Tensor output)
    {
        if (!IsRough(input) || !IsRough(layer.weight!) || input.dim() != 4)
        {
            return output;
        }

        output.Dispose();
        using DisposeScope scope = NewDisposeScope();
        static (int Height, int Width) Of(long[] sizes) => ((int)sizes[0], (int)sizes[1]);
        return Convolve(
            input.to(ScalarType.Float32), layer.weight!.to(ScalarType.Float32), layer.bias?.to(ScalarType.Float32), Of(layer.stride), Of(layer.padding!), Of(layer.dilation), (int)layer.groups)
            .to(ScalarType.BFloat16).MoveToOuterDisposeScope();
    }

    private static bool Probe(long outChannels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor images = TensorLayout.ChannelsLast(linspace(-1, 1, 16 * 8 * 2 * 2, dtype: ScalarType.Float32, device: CPU).reshape(16, 8, 2, 2));
        Tensor weight = linspace(1, 2, outChannels * 8, dtype: ScalarType.Float32, device: CPU).reshape(outChannels, 8, 1, 1);
        Tensor difference = nn.functional.conv2d(images, weight) - Multiply(images, weight, bias: null);
        return difference.abs().max().ReadNumber() < LargestRoundingError;
    }

    private static long[] Pair((int Height, int Width) size) => [size.Height, size.Width];

    private sealed class Repairs(Action[] removals) : IDisposable
    {
        public void Dispose() => Array.ForEach(removals, remove => remove());
    }
}

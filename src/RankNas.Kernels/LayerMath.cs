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
        { kernel_size: [1, 1], stride: [1, 1] } or { kernel_size: [3, 3], stride: [1, 1], padding: [1, 1] } =>
            TryConvolve<Float32Value>(input, layer) ?? TryConvolve<BFloat16Value>(input, layer) ?? ConvolveByLibtorch(input, layer),
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

    /// <summary>Sums images, some of them normalised first, over the memory of one that nobody else uses where there is one.</summary>
    /// <param name="terms">The terms, one at least; they are used up.</param>
    /// <returns>The sum, or where the only term is as it is, its handle.</returns>
    public static Tensor Sum(IReadOnlyList<Term> terms)
    {
        if (terms is [{ Normalization: null } only])
        {
            return only.Images;
        }

        if (terms.Count > 3)
        {
            Tensor sum = Sum([.. terms.Take(3)]);
            return Sum([new Term(sum, IsOwned: true), .. terms.Skip(3)]);
        }

        // What is written over comes first.
        Term[] ordered = [.. terms.OrderByDescending(term => term.IsOwned)];
        return TrySum<Float32Value>(ordered) ?? TrySum<BFloat16Value>(ordered) ?? SumByLibtorch(terms);
    }

    /// <summary>The mean of the 3×3 neighbourhood, not counting the padding.</summary>
    public static Tensor PoolNeighborhood(Tensor input) =>
        TryPool<Float32Value>(input) ?? TryPool<BFloat16Value>(input) ?? nn.functional.avg_pool2d(input, 3, 1, 1, count_include_pad: false);

    /// <summary>The mean of 2×2 squares; odd sizes are rounded up.</summary>
    public static Tensor PoolHalving(Tensor input) =>
        TryHalve<Float32Value>(input) ?? TryHalve<BFloat16Value>(input) ?? nn.functional.avg_pool2d(input, 2, 2, ceil_mode: true);

    private static Convolved ConvolveByLibtorch(ConvolutionInput input, Conv2d layer) => new(
        layer.kernel_size is [1, 1] && !PointwiseConvolutions.AreRight(layer.out_channels)
            ? PointwiseConvolutions.Multiply(input.Values.Value, layer.weight!)
            : nn.functional.conv2d(input.Values.Value, layer.weight, null, layer.stride, layer.padding));

    private static Convolved? TryConvolve<T>(ConvolutionInput input, Conv2d layer)
        where T : unmanaged, IPixelValue<T>
    {
        bool isPointwise = layer.kernel_size is [1, 1];
        int outChannels = (int)layer.out_channels;
        var operation = new RankNas.Graphs.Operations.ConvolutionOperation(outChannels, isPointwise ? 1 : 3, 1, isPointwise ? 0 : 1, 1, 1, false);
        if (!PixelMemory<T>.TryOpen(input.Features, out PixelMemory<T> images)
            || RankNas.Kernels.ConvolutionKernels.For(operation, images, images.Height * images.Width) is not { } convolve)
        {
            return null;
        }

        using Tensor weight = Float32Of(layer.weight!);
        Tensor output = PixelMemory<T>.NewLike(input.Features, outChannels, images.Height, images.Width, out PixelMemory<T> convolved);
        return new Convolved(output, convolve(operation, images, new RankNas.Kernels.ConvolutionWeights(ValuesOf(weight), []), convolved,
            input.IsRectified ? new RankNas.Kernels.Clamp(0, float.PositiveInfinity) : RankNas.Kernels.Clamp.None));
    }

    private static Tensor? TrySum<T>(Term[] terms)
        where T : unmanaged, IPixelValue<T>
    {
        if (!terms.All(IsSummable<T>))
        {
            return null;
        }

        Tensor first = terms[0].Images;
        PixelMemory<T> target = PixelMemory<T>.Open(first);
        Tensor sum = terms[0].IsOwned ? first : PixelMemory<T>.NewLike(first, target.Channels, target.Height, target.Width, out target);
        NormalizedSumKernel.Apply(target, [.. terms.Select(SummandOf<T>)], RankNas.Kernels.Clamp.None);
        foreach (Term term in terms.Where(term => !ReferenceEquals(term.Images, sum)))
        {
            term.Images.Dispose();
        }

        return sum;
    }

    private static bool IsSummable<T>(Term term)
        where T : unmanaged, IPixelValue<T> =>
        PixelMemory<T>.TryOpen(term.Images, out _);

    private static Summand<T> SummandOf<T>(Term term)
        where T : unmanaged, IPixelValue<T>
    {
        PixelMemory<T> images = PixelMemory<T>.Open(term.Images);
        if (term.Normalization is not { } layer)
        {
            return new Summand<T>(images, RankNas.Kernels.ChannelFactors.One(images.Channels));
        }

        ChannelMoments moments = term.Moments ?? ChannelMoments.Of(images);
        using Tensor weight = Float32Of(layer.weight!);
        using Tensor bias = Float32Of(layer.bias!);
        return new Summand<T>(images, moments.FactorsOf(ValuesOf(weight), ValuesOf(bias), layer.eps));
    }

    private static Tensor SumByLibtorch(IReadOnlyList<Term> terms)
    {
        Tensor? sum = null;
        bool isOwned = false;
        foreach (Term term in terms)
        {
            Tensor next = term.Normalization is { } layer ? Normalize(term.Images, layer) : term.Images.alias();
            term.Images.Dispose();
            if (sum is null)
            {
                (sum, isOwned) = (next, term.IsOwned || term.Normalization is not null);
                continue;
            }

            using (next)
            {
                Tensor added = isOwned ? sum.AddInPlace(next) : sum.Plus(next);
                if (!isOwned)
                {
                    sum.Dispose();
                }

                (sum, isOwned) = (added, true);
            }
        }

        return sum!;
    }

    private static Tensor? TryPool<T>(Tensor input)
        where T : unmanaged, IPixelValue<T>
    {
        if (!PixelMemory<T>.TryOpen(input, out PixelMemory<T> images))
        {
            return null;
        }

        Tensor means = PixelMemory<T>.NewLike(input, images.Channels, images.Height, images.Width, out PixelMemory<T> target);
        NeighborhoodMeanKernel.Apply(images, target);
        return means;
    }

    private static Tensor? TryHalve<T>(Tensor input)
        where T : unmanaged, IPixelValue<T>
    {
        if (!PixelMemory<T>.TryOpen(input, out PixelMemory<T> images) || !HalvingMeanKernel.Suits(images))
        {
            return null;
        }

        Tensor means = PixelMemory<T>.NewLike(input, images.Channels, images.Height / 2, images.Width / 2, out PixelMemory<T> target);
        HalvingMeanKernel.Apply(images, target);
        return means;
    }

    private static Tensor Float32Of(Parameter parameter)
    {
        using DisposeScope scope = NewDisposeScope();
        return parameter.detach().to(ScalarType.Float32).contiguous().MoveToOuterDisposeScope();
    }

    private static ReadOnlySpan<float> ValuesOf(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Graphs.Operations;

namespace RankNas.Kernels.Convolutions;

/// <summary>1×1 convolution of stride 1: each pixel's channels times a matrix.</summary>
/// <remarks>libtorch's own multiplies as fast, but passes over memory once more to rectify before, and once more to take moments after.</remarks>
internal static class PointwiseKernel
{
    // A block's pixels stay in the first-level cache.
    private const int ValuesOfBlock = 4096;

    /// <inheritdoc cref="ConvolutionKernels.Kernel{T}"/>
    public static ChannelMoments Convolve<T>(
        ConvolutionOperation operation, PixelMemory<T> images, ConvolutionWeights weights, PixelMemory<T> convolved, PixelReading reading)
        where T : unmanaged, IPixelValue<T>
    {
        Debug.Assert(convolved.IsLike(images, operation.OutChannels), "Shapes fit.");
        return Convolve(operation.OutChannels, images, weights, convolved, reading);
    }

    /// <summary>Takes the moments of what comes out alone.</summary>
    /// <param name="outChannels">The channels that come out.</param>
    /// <param name="images">What goes in.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="reading">How the images are read.</param>
    public static ChannelMoments MomentsOf<T>(int outChannels, PixelMemory<T> images, ConvolutionWeights weights, PixelReading reading)
        where T : unmanaged, IPixelValue<T> => Convolve(outChannels, images, weights, convolved: null, reading);

    private static ChannelMoments Convolve<T>(int outChannels, PixelMemory<T> images, ConvolutionWeights weights, PixelMemory<T>? convolved, PixelReading reading)
        where T : unmanaged, IPixelValue<T>
    {
        int inChannels = images.Channels;
        Debug.Assert(weights.Weight.Length == inChannels * outChannels, "Shapes fit.");
        int groups = Expansion.GroupsOf(outChannels);
        int pixelsOfBlock = Math.Max(1, ValuesOfBlock / Math.Max(inChannels, outChannels) / RowProduct.Rows) * RowProduct.Rows;
        using var matrix = new Scratch<float>(groups * inChannels * RowProduct.Lanes);
        using var bias = new Scratch<float>(groups * RowProduct.Lanes);
        weights.CopyLanes(0, outChannels, inChannels, places: 1, matrix.Values);
        weights.CopyBias(0, outChannels, bias.Values);
        ChannelMoments[] moments = ChannelMoments.OfParts(images, outChannels);
        images.ForEachPart(() => new PointwiseScratch<T>((pixelsOfBlock * inChannels) + RowProduct.Lanes, convolved is null ? pixelsOfBlock * outChannels : 0), (part, scratch) =>
        {
            ReadOnlySpan<T> source = images.ValuesOf(part);
            int counted = 0;
            for (int first = 0; first < source.Length / inChannels; first += pixelsOfBlock)
            {
                int pixels = Math.Min(pixelsOfBlock, (source.Length / inChannels) - first);
                reading.Read(source.Slice(first * inChannels, pixels * inChannels), scratch.Rows.Values, (part.First * images.ValuesOfImage) + (first * inChannels));
                Span<T> written = convolved is { } target ? target.ValuesOf(part).Slice(first * outChannels, pixels * outChannels) : scratch.Written.Values[..(pixels * outChannels)];
                for (int group = 0; group < groups; group++)
                {
                    Multiply(
                        scratch.Rows.Values, matrix.Values[(group * inChannels * RowProduct.Lanes)..], bias.Values[(group * RowProduct.Lanes)..], written, pixels, inChannels, outChannels, group);
                }

                // Many at once, while they are in the second-level cache.
                int end = (first + pixels) * outChannels;
                if (convolved is null)
                {
                    moments[part.Index].Add<T>(written);
                }
                else if (end - counted >= ChannelMoments.ValuesOfBlock || first + pixels == source.Length / inChannels)
                {
                    moments[part.Index].Add<T>(convolved.Value.ValuesOf(part)[counted..end]);
                    counted = end;
                }
            }
        });
        return ChannelMoments.Of(moments);
    }

    // Rows beyond the last pixel hold what was there before; what comes of them is left.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<T>(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> matrix, ReadOnlySpan<float> bias, Span<T> written, int pixels, int inChannels, int outChannels, int group)
        where T : unmanaged, IPixelValue<T>
    {
        int channel = group * RowProduct.Lanes, lanes = outChannels - channel;
        ref float weights = ref MemoryMarshal.GetReference(matrix);
        Span<float> products = stackalloc float[RowProduct.Rows * RowProduct.Lanes];
        for (int first = 0; first < pixels; first += RowProduct.Rows)
        {
            ref float row = ref MemoryMarshal.GetReference(rows[(first * inChannels)..]);
            Span<T> target = written[((first * outChannels) + channel)..];
            if (Vector512.IsHardwareAccelerated && lanes >= RowProduct.Lanes && pixels - first >= RowProduct.Rows)
            {
                RowProduct.Multiply(ref row, ref weights, default, inChannels, new ShiftedPixels<T>(ref MemoryMarshal.GetReference(target), outChannels, Vector512.Create(bias)));
            }
            else
            {
                RowProduct.Multiply(ref row, ref weights, ref MemoryMarshal.GetReference(products), inChannels);
                PixelRows.Write(products, bias, target, Math.Min(RowProduct.Rows, pixels - first), outChannels, lanes);
            }
        }
    }
}

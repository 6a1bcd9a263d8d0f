using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Convolutions;

/// <summary>1×1 convolution of stride 1: each pixel's channels times a matrix.</summary>
/// <remarks>libtorch's own multiplies as fast, but passes over memory once more to rectify before, and once more to take moments after.</remarks>
internal static class PointwiseKernel
{
    // A block's pixels stay in the first-level cache.
    private const int ValuesOfBlock = 4096;

    /// <inheritdoc cref="ConvolutionKernels.Kernel{T}"/>
    public static ChannelMoments Convolve<T>(
        ConvolutionOperation operation, PixelMemory<T> images, ConvolutionWeights weights, PixelMemory<T> convolved, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        Debug.Assert(convolved.IsLike(images, operation.OutChannels) && weights.Weight.Length == images.Channels * convolved.Channels, "Shapes fit.");
        int inChannels = images.Channels;
        int outChannels = convolved.Channels;
        int groups = (outChannels + RowProduct.Lanes - 1) / RowProduct.Lanes;
        int pixelsOfBlock = Math.Max(1, ValuesOfBlock / Math.Max(inChannels, outChannels) / RowProduct.Rows) * RowProduct.Rows;
        using var matrix = new Scratch<float>(groups * inChannels * RowProduct.Lanes);
        using var bias = new Scratch<float>(groups * RowProduct.Lanes);
        weights.CopyLanes(0, outChannels, inChannels, places: 1, matrix.Values);
        weights.CopyBias(0, outChannels, bias.Values);
        ChannelMoments[] moments = ChannelMoments.OfParts(convolved);
        images.ForEachPart(() => new Scratch<float>((pixelsOfBlock * inChannels) + RowProduct.Lanes), (part, rows) =>
        {
            ReadOnlySpan<T> source = images.ValuesOf(part);
            Span<T> target = convolved.ValuesOf(part);
            for (int first = 0; first < source.Length / inChannels; first += pixelsOfBlock)
            {
                int pixels = Math.Min(pixelsOfBlock, (source.Length / inChannels) - first);
                PixelRows.Read(source.Slice(first * inChannels, pixels * inChannels), rows.Values, clamp);
                Span<T> written = target.Slice(first * outChannels, pixels * outChannels);
                for (int group = 0; group < groups; group++)
                {
                    Multiply(
                        rows.Values, matrix.Values[(group * inChannels * RowProduct.Lanes)..], bias.Values[(group * RowProduct.Lanes)..], written, pixels, inChannels, outChannels, group);
                }

                // While they are in the first-level cache.
                moments[part.Index].Add<T>(written);
            }
        });
        return ChannelMoments.Of(moments);
    }

    // Rows beyond the last pixel hold what was there before; what comes of them is left.
    private static void Multiply<T>(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> matrix, ReadOnlySpan<float> bias, Span<T> written, int pixels, int inChannels, int outChannels, int group)
        where T : unmanaged, IPixelValue<T>
    {
        Span<float> products = stackalloc float[RowProduct.Rows * RowProduct.Lanes];
        Vector512<float> added = Vector512.Create(bias);
        for (int first = 0; first < pixels; first += RowProduct.Rows)
        {
            RowProduct.Multiply(
                ref MemoryMarshal.GetReference(rows[(first * inChannels)..]), ref MemoryMarshal.GetReference(matrix), ref MemoryMarshal.GetReference(products), inChannels);
            PixelRows.Write(products, added, written[((first * outChannels) + (group * RowProduct.Lanes))..], Math.Min(RowProduct.Rows, pixels - first), outChannels, outChannels - (group * RowProduct.Lanes));
        }
    }
}

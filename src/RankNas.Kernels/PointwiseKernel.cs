using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>1×1 convolution of stride 1: each pixel's channels times a matrix.</summary>
/// <remarks>libtorch's own multiplies as fast, but passes over memory once more to rectify before, and once more to take moments after.</remarks>
internal static class PointwiseKernel
{
    // A block's pixels stay in the first-level cache.
    private const int ValuesOfBlock = 4096;

    /// <summary>Tells whether a convolution can be done so.</summary>
    /// <param name="images">What goes in.</param>
    /// <param name="outChannels">The channels that come out.</param>
    public static bool Suits<T>(PixelMemory<T> images, int outChannels)
        where T : unmanaged, IPixelValue<T> =>
        RowProduct.Suits(images, outChannels) && images.Pixels % RowProduct.Rows == 0;

    /// <summary>Convolves.</summary>
    /// <param name="images">What goes in, as <see cref="Suits"/> has it.</param>
    /// <param name="weights">The weights <c>[O, C]</c>.</param>
    /// <param name="convolved">What comes out: as many pixels.</param>
    /// <param name="isRectified">Whether what is negative of the images counts as 0.</param>
    /// <returns>The moments of what comes out.</returns>
    public static ChannelMoments Convolve<T>(PixelMemory<T> images, ReadOnlySpan<float> weights, PixelMemory<T> convolved, bool isRectified)
        where T : unmanaged, IPixelValue<T>
    {
        int inChannels = images.Channels;
        int outChannels = convolved.Channels;
        int groups = (outChannels + RowProduct.Lanes - 1) / RowProduct.Lanes;
        int pixelsOfBlock = Math.Max(1, ValuesOfBlock / Math.Max(inChannels, outChannels) / RowProduct.Rows) * RowProduct.Rows;
        Vector512<float> least = Vector512.Create(isRectified ? 0 : float.NegativeInfinity);
        using var matrix = new Scratch<float>(groups * inChannels * RowProduct.Lanes);
        Transpose(weights, inChannels, outChannels, matrix.Values);
        ChannelMoments[] moments = ChannelMoments.OfParts(convolved);
        images.ForEachPart(() => new Scratch<float>(pixelsOfBlock * inChannels), (part, rows) =>
        {
            ReadOnlySpan<T> source = images.ValuesOf(part);
            Span<T> target = convolved.ValuesOf(part);
            for (int first = 0; first < source.Length / inChannels; first += pixelsOfBlock)
            {
                int pixels = Math.Min(pixelsOfBlock, source.Length / inChannels - first);
                Read(source.Slice(first * inChannels, pixels * inChannels), rows.Values, least);
                Span<T> written = target.Slice(first * outChannels, pixels * outChannels);
                for (int group = 0; group < groups; group++)
                {
                    Multiply(
                        rows.Values[..(pixels * inChannels)], matrix.Values[(group * inChannels * RowProduct.Lanes)..], written, inChannels, outChannels, group);
                }

                // While they are in the first-level cache.
                moments[part.Index].Add<T>(written);
            }
        });
        return ChannelMoments.Of(moments);
    }

    private static void Transpose(ReadOnlySpan<float> weights, int inChannels, int outChannels, Span<float> matrix)
    {
        for (int output = 0; output < outChannels; output++)
        {
            (int group, int lane) = Math.DivRem(output, RowProduct.Lanes);
            for (int input = 0; input < inChannels; input++)
            {
                matrix[(group * inChannels + input) * RowProduct.Lanes + lane] = weights[output * inChannels + input];
            }
        }
    }

    private static void Read<T>(ReadOnlySpan<T> pixels, Span<float> rows, Vector512<float> least)
        where T : unmanaged, IPixelValue<T>
    {
        ref T from = ref MemoryMarshal.GetReference(pixels);
        ref float to = ref MemoryMarshal.GetReference(rows);
        for (nuint offset = 0; offset < (nuint)pixels.Length; offset += RowProduct.Lanes)
        {
            Vector512.MaxNative(least, T.Load(ref from, offset)).StoreUnsafe(ref to, offset);
        }
    }

    private static void Multiply<T>(ReadOnlySpan<float> rows, ReadOnlySpan<float> matrix, Span<T> pixels, int inChannels, int outChannels, int group)
        where T : unmanaged, IPixelValue<T>
    {
        Span<float> products = stackalloc float[RowProduct.Rows * RowProduct.Lanes];
        ref float product = ref MemoryMarshal.GetReference(products);
        ref T to = ref MemoryMarshal.GetReference(pixels);
        bool isHalf = outChannels - group * RowProduct.Lanes < RowProduct.Lanes;
        nuint offset = (nuint)(group * RowProduct.Lanes);
        for (int first = 0; first < rows.Length; first += RowProduct.Rows * inChannels)
        {
            RowProduct.Multiply(
                ref MemoryMarshal.GetReference(rows[first..]), ref MemoryMarshal.GetReference(matrix), ref product, inChannels);
            for (nuint row = 0; row < RowProduct.Rows; row++)
            {
                if (isHalf)
                {
                    T.StoreHalf(Vector256.LoadUnsafe(ref product, row * RowProduct.Lanes), ref to, offset);
                }
                else
                {
                    T.Store(Vector512.LoadUnsafe(ref product, row * RowProduct.Lanes), ref to, offset);
                }

                offset += (nuint)outChannels;
            }
        }
    }
}

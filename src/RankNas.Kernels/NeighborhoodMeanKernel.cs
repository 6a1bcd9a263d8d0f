using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels;

/// <summary>The mean of each pixel's 3×3 neighbourhood, not counting what lies outside, for images that lie pixel by pixel.</summary>
/// <remarks>Rows first, then columns: four additions a value where libtorch makes eight.</remarks>
internal static class NeighborhoodMeanKernel
{
    public static void Apply<T>(PixelMemory<T> images, PixelMemory<T> means)
        where T : unmanaged, IPixelValue<T>
    {
        int channels = images.Channels;
        int row = images.Width * channels;

        // What lies outside adds nothing: a row of zeros above and below, a pixel of zeros at either end.
        using var zeros = new Scratch<T>(row);
        images.ForEachPart(() => new Scratch<float>(row + 2 * channels), (part, columns) =>
        {
            for (int image = part.First; image < part.First + part.Images; image++)
            {
                Apply(images.ValuesOf(image), means.ValuesOf(image), zeros.Values, columns.Values, channels);
            }
        });
    }

    private static void Apply<T>(ReadOnlySpan<T> image, Span<T> means, ReadOnlySpan<T> zeros, Span<float> columns, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        int row = zeros.Length;
        for (int y = 0; y < image.Length; y += row)
        {
            bool hasAbove = y > 0;
            bool hasBelow = y + row < image.Length;
            AddRows(
                hasAbove ? image.Slice(y - row, row) : zeros,
                image.Slice(y, row),
                hasBelow ? image.Slice(y + row, row) : zeros,
                columns.Slice(channels, row));
            MeanOfColumns(columns, channels, 1 + (hasAbove ? 1 : 0) + (hasBelow ? 1 : 0), means.Slice(y, row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<T>(ReadOnlySpan<T> above, ReadOnlySpan<T> middle, ReadOnlySpan<T> below, Span<float> sums)
        where T : unmanaged, IPixelValue<T>
    {
        ref T a = ref MemoryMarshal.GetReference(above);
        ref T b = ref MemoryMarshal.GetReference(middle);
        ref T c = ref MemoryMarshal.GetReference(below);
        int index = 0;
        for (; index <= sums.Length - Vector512<float>.Count; index += Vector512<float>.Count)
        {
            (T.Load(ref a, (nuint)index) + T.Load(ref b, (nuint)index) + T.Load(ref c, (nuint)index)).CopyTo(sums[index..]);
        }

        for (; index < sums.Length; index++)
        {
            sums[index] = (float)above[index] + (float)middle[index] + (float)below[index];
        }
    }

    private static void MeanOfColumns<T>(ReadOnlySpan<float> columns, int channels, int rows, Span<T> means)
        where T : unmanaged, IPixelValue<T>
    {
        if (means.Length == channels)
        {
            Mean(columns, channels, rows, means);
            return;
        }

        Mean(columns, channels, 2 * rows, means[..channels]);
        Mean(columns[channels..], channels, 3 * rows, means[channels..^channels]);
        Mean(columns[^(3 * channels)..], channels, 2 * rows, means[^channels..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean<T>(ReadOnlySpan<float> columns, int channels, int count, Span<T> means)
        where T : unmanaged, IPixelValue<T>
    {
        float factor = 1f / count;
        ref float from = ref MemoryMarshal.GetReference(columns);
        ref T to = ref MemoryMarshal.GetReference(means);
        int index = 0;
        for (; index <= means.Length - Vector512<float>.Count; index += Vector512<float>.Count)
        {
            Vector512<float> sum = Vector512.LoadUnsafe(ref from, (nuint)index)
                + Vector512.LoadUnsafe(ref from, (nuint)(index + channels))
                + Vector512.LoadUnsafe(ref from, (nuint)(index + 2 * channels));
            T.Store(sum * factor, ref to, (nuint)index);
        }

        for (; index < means.Length; index++)
        {
            means[index] = (T)((columns[index] + columns[index + channels] + columns[index + 2 * channels]) * factor);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Vectors;

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
                ReadOnlySpan<T> source = images.ValuesOf(image);
                if (Lanes16.IsSupported)
                {
                    Apply<T, Lanes16>(source, means.ValuesOf(image), zeros.Values, columns.Values, channels);
                }
                else if (Lanes8.IsSupported)
                {
                    Apply<T, Lanes8>(source, means.ValuesOf(image), zeros.Values, columns.Values, channels);
                }
                else
                {
                    Apply<T, Lanes4>(source, means.ValuesOf(image), zeros.Values, columns.Values, channels);
                }
            }
        });
    }

    private static void Apply<T, TVector>(ReadOnlySpan<T> image, Span<T> means, ReadOnlySpan<T> zeros, Span<float> columns, int channels)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        int row = zeros.Length;
        for (int y = 0; y < image.Length; y += row)
        {
            bool hasAbove = y > 0;
            bool hasBelow = y + row < image.Length;
            AddRows<T, TVector>(
                hasAbove ? image.Slice(y - row, row) : zeros,
                image.Slice(y, row),
                hasBelow ? image.Slice(y + row, row) : zeros,
                columns.Slice(channels, row));
            MeanOfColumns<T, TVector>(columns, channels, 1 + (hasAbove ? 1 : 0) + (hasBelow ? 1 : 0), means.Slice(y, row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<T, TVector>(ReadOnlySpan<T> above, ReadOnlySpan<T> middle, ReadOnlySpan<T> below, Span<float> sums)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        ref T a = ref MemoryMarshal.GetReference(above);
        ref T b = ref MemoryMarshal.GetReference(middle);
        ref T c = ref MemoryMarshal.GetReference(below);
        ref float to = ref MemoryMarshal.GetReference(sums);
        int index = 0;
        for (; index <= sums.Length - TVector.Count; index += TVector.Count)
        {
            (T.Load<TVector>(ref a, (nuint)index) + T.Load<TVector>(ref b, (nuint)index) + T.Load<TVector>(ref c, (nuint)index)).Store(ref to, (nuint)index);
        }

        for (; index < sums.Length; index++)
        {
            sums[index] = (float)above[index] + (float)middle[index] + (float)below[index];
        }
    }

    private static void MeanOfColumns<T, TVector>(ReadOnlySpan<float> columns, int channels, int rows, Span<T> means)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        if (means.Length == channels)
        {
            Mean<T, TVector>(columns, channels, rows, means);
            return;
        }

        Mean<T, TVector>(columns, channels, 2 * rows, means[..channels]);
        Mean<T, TVector>(columns[channels..], channels, 3 * rows, means[channels..^channels]);
        Mean<T, TVector>(columns[^(3 * channels)..], channels, 2 * rows, means[^channels..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean<T, TVector>(ReadOnlySpan<float> columns, int channels, int count, Span<T> means)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        float factor = 1f / count;
        ref float from = ref MemoryMarshal.GetReference(columns);
        ref T to = ref MemoryMarshal.GetReference(means);
        int index = 0;
        for (; index <= means.Length - TVector.Count; index += TVector.Count)
        {
            TVector sum = TVector.Load(ref from, (nuint)index)
                + TVector.Load(ref from, (nuint)(index + channels))
                + TVector.Load(ref from, (nuint)(index + 2 * channels));
            T.Store(sum * factor, ref to, (nuint)index);
        }

        for (; index < means.Length; index++)
        {
            means[index] = (T)((columns[index] + columns[index + channels] + columns[index + 2 * channels]) * factor);
        }
    }
}

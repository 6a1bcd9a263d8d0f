using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Vectors;

namespace RankNas.Kernels;

/// <summary>The mean of each square of 2×2 pixels, for images of even sizes that lie pixel by pixel.</summary>
/// <remarks>libtorch adds one pixel of the four after another to sums in memory.</remarks>
internal static class HalvingMeanKernel
{
    // Channels go by half vectors.
    private const int ChannelStep = 8;

    /// <summary>Tells whether images can be halved so.</summary>
    public static bool Suits<T>(PixelMemory<T> images)
        where T : unmanaged, IPixelValue<T> =>
        images.Channels % ChannelStep == 0 && images.Height % 2 == 0 && images.Width % 2 == 0;

    /// <summary>Halves.</summary>
    /// <param name="images">What goes in, as <see cref="Suits"/> has it.</param>
    /// <param name="means">What comes out: as many images of half the height and width.</param>
    public static void Apply<T>(PixelMemory<T> images, PixelMemory<T> means)
        where T : unmanaged, IPixelValue<T>
    {
        int row = images.Width * images.Channels;
        images.ForEachPart(part =>
        {
            ReadOnlySpan<T> source = images.ValuesOf(part);
            Span<T> target = means.ValuesOf(part);
            for (int y = 0; y < target.Length / (row / 2); y++)
            {
                ReadOnlySpan<T> upper = source.Slice(2 * y * row, row), lower = source.Slice((2 * y + 1) * row, row);
                Span<T> mean = target.Slice(y * (row / 2), row / 2);
                if (Lanes8.IsSupported)
                {
                    MeanOfRows<T, Lanes8>(upper, lower, mean, images.Channels);
                }
                else
                {
                    MeanOfRows<T, Lanes4>(upper, lower, mean, images.Channels);
                }
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeanOfRows<T, TVector>(ReadOnlySpan<T> upper, ReadOnlySpan<T> lower, Span<T> means, int channels)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        ref T a = ref MemoryMarshal.GetReference(upper);
        ref T b = ref MemoryMarshal.GetReference(lower);
        ref T to = ref MemoryMarshal.GetReference(means);
        for (int pixel = 0; pixel < means.Length; pixel += channels)
        {
            for (int channel = 0; channel < channels; channel += TVector.Count)
            {
                nuint left = (nuint)(2 * pixel + channel);
                nuint right = left + (nuint)channels;
                TVector sum = T.Load<TVector>(ref a, left) + T.Load<TVector>(ref a, right) + T.Load<TVector>(ref b, left) + T.Load<TVector>(ref b, right);
                T.Store(sum * 0.25f, ref to, (nuint)(pixel + channel));
            }
        }
    }
}

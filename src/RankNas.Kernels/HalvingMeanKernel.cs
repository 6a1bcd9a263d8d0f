using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
                MeanOfRows(source.Slice(2 * y * row, row), source.Slice((2 * y + 1) * row, row), target.Slice(y * (row / 2), row / 2), images.Channels);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeanOfRows<T>(ReadOnlySpan<T> upper, ReadOnlySpan<T> lower, Span<T> means, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        ref T a = ref MemoryMarshal.GetReference(upper);
        ref T b = ref MemoryMarshal.GetReference(lower);
        ref T to = ref MemoryMarshal.GetReference(means);
        for (int pixel = 0; pixel < means.Length; pixel += channels)
        {
            for (int channel = 0; channel < channels; channel += ChannelStep)
            {
                nuint left = (nuint)(2 * pixel + channel);
                nuint right = left + (nuint)channels;
                Vector256<float> sum = T.LoadHalf(ref a, left) + T.LoadHalf(ref a, right) + T.LoadHalf(ref b, left) + T.LoadHalf(ref b, right);
                T.StoreHalf(sum * 0.25f, ref to, (nuint)(pixel + channel));
            }
        }
    }
}

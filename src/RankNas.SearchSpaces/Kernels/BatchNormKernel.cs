using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>BatchNorm on batch statistics for images that lie pixel by pixel: y = (x − mean)/√(variance + ε) · weight + bias.</summary>
/// <remarks>libtorch's own takes several times as long for few channels, and another pass to add the result to a sum.</remarks>
internal static class BatchNormKernel
{
    // The channels fill whole vectors in one pixel or in two.
    private const int ChannelStep = 8;

    // A block's values stay in the first-level cache from channel group to channel group.
    private const int ValuesOfBlock = 8192;

    /// <summary>Tells whether images can be normalised so.</summary>
    public static bool Suits<T>(PixelMemory<T> images)
        where T : unmanaged, IPixelValue<T> =>
        images.Channels % ChannelStep == 0 && images.Values.Length > 0 && images.Values.Length % ChannelMoments.PeriodOf(images.Channels) == 0;

    /// <summary>Writes the normalised images over themselves, or adds them to a sum of the same shape.</summary>
    /// <param name="images">The images, as <see cref="Suits"/> has them.</param>
    /// <param name="moments">Their moments, if they are known.</param>
    /// <param name="weight">The weight of each channel.</param>
    /// <param name="bias">The bias of each channel.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="sum">Where to add; the images' own memory to write over it.</param>
    /// <param name="accumulate">Whether to add.</param>
    public static void Apply<T>(
        PixelMemory<T> images,
        ChannelMoments? moments,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        double epsilon,
        Span<T> sum,
        bool accumulate)
        where T : unmanaged, IPixelValue<T>
    {
        if (moments is null)
        {
            moments = new ChannelMoments(images.Channels);
            moments.Add<T>(images.Values);
        }

        int period = ChannelMoments.PeriodOf(images.Channels);
        Span<float> scale = stackalloc float[period];
        Span<float> shift = stackalloc float[period];
        moments.GetScaleAndShift(weight, bias, epsilon, scale, shift);
        scale[..(period - images.Channels)].CopyTo(scale[images.Channels..]);
        shift[..(period - images.Channels)].CopyTo(shift[images.Channels..]);
        Transform(images.Values, scale, shift, sum, accumulate);
    }

    private static void Transform<T>(ReadOnlySpan<T> values, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<T> target, bool accumulate)
        where T : unmanaged, IPixelValue<T>
    {
        int period = scale.Length;
        ref T from = ref MemoryMarshal.GetReference(values);
        ref T to = ref MemoryMarshal.GetReference(target);
        int valuesOfBlock = Math.Max(1, ValuesOfBlock / period) * period;
        for (int block = 0; block < values.Length; block += valuesOfBlock)
        {
            nuint end = (nuint)Math.Min(values.Length, block + valuesOfBlock);
            for (int group = 0; group < period; group += Vector512<float>.Count)
            {
                Vector512<float> factor = Vector512.Create(scale[group..]);
                Vector512<float> summand = Vector512.Create(shift[group..]);
                for (nuint offset = (nuint)(block + group); offset < end; offset += (nuint)period)
                {
                    Vector512<float> value = Vector512.FusedMultiplyAdd(T.Load(ref from, offset), factor, summand);
                    if (accumulate)
                    {
                        value += T.Load(ref to, offset);
                    }

                    T.Store(value, ref to, offset);
                }
            }
        }
    }
}

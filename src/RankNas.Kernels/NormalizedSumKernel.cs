using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>Sums of up to three images that lie pixel by pixel, each normalised by BatchNorm or not, in one pass over memory.</summary>
/// <remarks>libtorch takes a pass for each BatchNorm, slow for few channels, and one for each addition.</remarks>
internal static class NormalizedSumKernel
{
    /// <summary>The most terms that are summed at once: as many as lead to a node of a cell.</summary>
    public const int MostTerms = 3;

    // The channels fill whole vectors in one pixel or in two.
    private const int ChannelStep = 8;

    // A block's values stay in the first-level cache from channel group to channel group.
    private const int ValuesOfBlock = 4096;

    /// <summary>Tells whether images can be summed so.</summary>
    public static bool Suits<T>(PixelMemory<T> images)
        where T : unmanaged, IPixelValue<T> =>
        images.Channels % ChannelStep == 0 && images.Values.Length > 0 && images.Values.Length % ChannelMoments.PeriodOf(images.Channels) == 0;

    /// <summary>Sums.</summary>
    /// <param name="sum">Where to write: memory of its own, or the first summand's.</param>
    /// <param name="first">The first summand.</param>
    /// <param name="second">Another, or none.</param>
    /// <param name="third">Another, or none.</param>
    public static void Apply<T>(PixelMemory<T> sum, Summand<T> first, Summand<T>? second, Summand<T>? third)
        where T : unmanaged, IPixelValue<T>
    {
        int valuesOfBlock = Math.Max(1, ValuesOfBlock / first.Period) * first.Period;
        sum.ForEachPart(part =>
        {
            int end = (part.First + part.Images) * sum.ValuesOfImage;
            for (int start = part.First * sum.ValuesOfImage; start < end; start += valuesOfBlock)
            {
                Apply(sum.Values[..Math.Min(start + valuesOfBlock, end)], start, first, second, third);
            }
        });
    }

    private static void Apply<T>(Span<T> sum, int start, Summand<T> first, Summand<T>? second, Summand<T>? third)
        where T : unmanaged, IPixelValue<T>
    {
        nuint end = (nuint)sum.Length;
        nuint period = (nuint)first.Period;
        for (int group = 0; group < first.Period; group += Vector512<float>.Count)
        {
            if (second is not { } other)
            {
                Transform(sum, first.LanesAt(group), start + group, end, period);
            }
            else if (third is not { } last)
            {
                Add(sum, first.LanesAt(group), other.LanesAt(group), start + group, end, period);
            }
            else
            {
                Add(sum, first.LanesAt(group), other.LanesAt(group), last.LanesAt(group), start + group, end, period);
            }
        }
    }

    private static void Transform<T>(Span<T> sum, SummandLanes<T> a, int start, nuint end, nuint period)
        where T : unmanaged, IPixelValue<T>
    {
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < end; offset += period)
        {
            T.Store(a.At(offset), ref to, offset);
        }
    }

    private static void Add<T>(Span<T> sum, SummandLanes<T> a, SummandLanes<T> b, int start, nuint end, nuint period)
        where T : unmanaged, IPixelValue<T>
    {
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < end; offset += period)
        {
            T.Store(a.At(offset) + b.At(offset), ref to, offset);
        }
    }

    private static void Add<T>(Span<T> sum, SummandLanes<T> a, SummandLanes<T> b, SummandLanes<T> c, int start, nuint end, nuint period)
        where T : unmanaged, IPixelValue<T>
    {
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < end; offset += period)
        {
            T.Store(a.At(offset) + b.At(offset) + c.At(offset), ref to, offset);
        }
    }
}

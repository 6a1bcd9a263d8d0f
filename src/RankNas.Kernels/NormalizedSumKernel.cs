using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels;

/// <summary>Sums of images that lie pixel by pixel, each normalised by BatchNorm or not, brought into a range, in one pass over memory for three terms.</summary>
/// <remarks>libtorch takes a pass for each BatchNorm, slow for few channels, one for each addition, and one for the activation.</remarks>
internal static class NormalizedSumKernel
{
    private const int MostTerms = 3;

    // A block's values stay in the first-level cache from channel group to channel group.
    private const int ValuesOfBlock = 4096;

    /// <summary>Sums.</summary>
    /// <param name="sum">Where to write: memory of its own, or the first summand's.</param>
    /// <param name="summands">The summands, one at least, of the sum's shape.</param>
    /// <param name="clamp">The range of the sum.</param>
    public static void Apply<T>(PixelMemory<T> sum, ReadOnlySpan<Summand<T>> summands, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        if (summands.Length <= MostTerms)
        {
            Apply(sum, summands[0], summands.Length > 1 ? summands[1] : null, summands.Length > 2 ? summands[2] : null, clamp);
            return;
        }

        Apply(sum, summands[0], summands[1], summands[2], Clamp.None);
        Apply(sum, [new Summand<T>(sum, ChannelFactors.One(sum.Channels)), .. summands[MostTerms..]], clamp);
    }

    private static void Apply<T>(PixelMemory<T> sum, Summand<T> first, Summand<T>? second, Summand<T>? third, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        Debug.Assert(sum.IsLike(first.Images) && (second is null || sum.IsLike(second.Value.Images)) && (third is null || sum.IsLike(third.Value.Images)), "Shapes are alike.");
        int valuesOfBlock = Math.Max(1, ValuesOfBlock / first.Period) * first.Period;
        sum.ForEachPart(part =>
        {
            int start = part.First * sum.ValuesOfImage;
            int end = (part.First + part.Images) * sum.ValuesOfImage;
            int whole = end - ((end - start) % first.Period);
            for (int block = start; block < whole; block += valuesOfBlock)
            {
                Apply(sum.Values[..Math.Min(block + valuesOfBlock, whole)], block, first, second, third, clamp);
            }

            for (int index = whole; index < end; index++)
            {
                float value = first.At(index, index - whole) + (second?.At(index, index - whole) ?? 0) + (third?.At(index, index - whole) ?? 0);
                sum.Values[index] = (T)clamp.Apply(value);
            }
        });
    }

    private static void Apply<T>(Span<T> sum, int start, Summand<T> first, Summand<T>? second, Summand<T>? third, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        Vector512<float> least = Vector512.Create(clamp.Least), most = Vector512.Create(clamp.Most);
        nuint end = (nuint)sum.Length;
        nuint period = (nuint)first.Period;
        for (int group = 0; group < first.Period; group += Vector512<float>.Count)
        {
            if (second is not { } other)
            {
                Transform(sum, first.LanesAt(group), start + group, end, period, least, most);
            }
            else if (third is not { } last)
            {
                Add(sum, first.LanesAt(group), other.LanesAt(group), start + group, end, period, least, most);
            }
            else
            {
                Add(sum, first.LanesAt(group), other.LanesAt(group), last.LanesAt(group), start + group, end, period, least, most);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform<T>(
        Span<T> sum, SummandLanes<T> a, int start, nuint end, nuint period, Vector512<float> least, Vector512<float> most)
        where T : unmanaged, IPixelValue<T>
    {
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < end; offset += period)
        {
            Store(a.At(offset), ref to, offset, least, most);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(
        Span<T> sum, SummandLanes<T> a, SummandLanes<T> b, int start, nuint end, nuint period, Vector512<float> least, Vector512<float> most)
        where T : unmanaged, IPixelValue<T>
    {
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < end; offset += period)
        {
            Store(a.At(offset) + b.At(offset), ref to, offset, least, most);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(
        Span<T> sum, SummandLanes<T> a, SummandLanes<T> b, SummandLanes<T> c, int start, nuint end, nuint period, Vector512<float> least, Vector512<float> most)
        where T : unmanaged, IPixelValue<T>
    {
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < end; offset += period)
        {
            Store(a.At(offset) + b.At(offset) + c.At(offset), ref to, offset, least, most);
        }
    }

    // A NaN stays one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Vector512<float> values, ref T to, nuint offset, Vector512<float> least, Vector512<float> most)
        where T : unmanaged, IPixelValue<T> => T.Store(Vector512.MinNative(most, Vector512.MaxNative(least, values)), ref to, offset);
}

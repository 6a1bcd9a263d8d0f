using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Vectors;

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
        if (Lanes16.IsSupported)
        {
            Apply<T, Lanes16>(sum, start, first, second, third, clamp);
        }
        else if (Lanes8.IsSupported)
        {
            Apply<T, Lanes8>(sum, start, first, second, third, clamp);
        }
        else
        {
            Apply<T, Lanes4>(sum, start, first, second, third, clamp);
        }
    }

    private static void Apply<T, TVector>(Span<T> sum, int start, Summand<T> first, Summand<T>? second, Summand<T>? third, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        for (int group = 0; group < first.Period; group += TVector.Count)
        {
            SummandLanes<T, TVector> a = first.LanesAt<TVector>(group);
            if (second is not { } other)
            {
                Transform(sum, a, start + group, first.Period, clamp);
            }
            else if (third is not { } last)
            {
                Add(sum, a, other.LanesAt<TVector>(group), start + group, first.Period, clamp);
            }
            else
            {
                Add(sum, a, other.LanesAt<TVector>(group), last.LanesAt<TVector>(group), start + group, first.Period, clamp);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform<T, TVector>(Span<T> sum, SummandLanes<T, TVector> a, int start, int period, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        TVector least = TVector.Create(clamp.Least), most = TVector.Create(clamp.Most);
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < (nuint)sum.Length; offset += (nuint)period)
        {
            T.Store(a.At(offset).Clamp(least, most), ref to, offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T, TVector>(Span<T> sum, SummandLanes<T, TVector> a, SummandLanes<T, TVector> b, int start, int period, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        TVector least = TVector.Create(clamp.Least), most = TVector.Create(clamp.Most);
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < (nuint)sum.Length; offset += (nuint)period)
        {
            T.Store((a.At(offset) + b.At(offset)).Clamp(least, most), ref to, offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T, TVector>(
        Span<T> sum, SummandLanes<T, TVector> a, SummandLanes<T, TVector> b, SummandLanes<T, TVector> c, int start, int period, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        TVector least = TVector.Create(clamp.Least), most = TVector.Create(clamp.Most);
        ref T to = ref MemoryMarshal.GetReference(sum);
        for (nuint offset = (nuint)start; offset < (nuint)sum.Length; offset += (nuint)period)
        {
            T.Store((a.At(offset) + b.At(offset) + c.At(offset)).Clamp(least, most), ref to, offset);
        }
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Vectors;

namespace RankNas.Kernels.Convolutions;

/// <summary>Pixels read and written by vectors of channels.</summary>
internal static class PixelRows
{
    /// <summary>Reads values as float32, brought into a range.</summary>
    /// <param name="values">The values.</param>
    /// <param name="to">Where to.</param>
    /// <param name="clamp">The range.</param>
    public static void Read<T>(ReadOnlySpan<T> values, Span<float> to, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        if (Lanes16.IsSupported)
        {
            Read<T, Lanes16>(values, to, clamp);
        }
        else if (Lanes8.IsSupported)
        {
            Read<T, Lanes8>(values, to, clamp);
        }
        else
        {
            Read<T, Lanes4>(values, to, clamp);
        }
    }

    /// <summary>Reads values as float32, normalised and then brought into a range.</summary>
    /// <param name="values">The values, from the first channel on.</param>
    /// <param name="to">Where to.</param>
    /// <param name="factors">What normalises them.</param>
    /// <param name="clamp">The range.</param>
    /// <param name="signs">Which of sixteen each are greater than zero before; empty where nobody asks, else they are whole sixteens.</param>
    public static void Normalize<T>(ReadOnlySpan<T> values, Span<float> to, ChannelFactors factors, Clamp clamp, Span<ushort> signs)
        where T : unmanaged, IPixelValue<T>
    {
        if (Lanes16.IsSupported)
        {
            Normalize<T, Lanes16>(values, to, factors, clamp, signs);
        }
        else if (Lanes8.IsSupported)
        {
            Normalize<T, Lanes8>(values, to, factors, clamp, signs);
        }
        else
        {
            Normalize<T, Lanes4>(values, to, factors, clamp, signs);
        }
    }

    /// <summary>Writes the sixteen channels of some pixels, or fewer.</summary>
    /// <param name="products">The channels <c>[pixel, lane]</c>.</param>
    /// <param name="bias">What is added to each of the sixteen; nothing where it is empty.</param>
    /// <param name="to">Where the first goes.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="step">The distance between them.</param>
    /// <param name="channels">How many channels; more than sixteen count as sixteen.</param>
    public static void Write<T>(ReadOnlySpan<float> products, ReadOnlySpan<float> bias, Span<T> to, int pixels, int step, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        if (channels >= RowProduct.Lanes && Lanes16.IsSupported)
        {
            Write<T, Lanes16>(products, bias, to, pixels, step, channels);
        }
        else if (channels >= Lanes8.Count && Lanes8.IsSupported)
        {
            Write<T, Lanes8>(products, bias, to, pixels, step, channels);
        }
        else
        {
            Write<T, Lanes4>(products, bias, to, pixels, step, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read<T, TVector>(ReadOnlySpan<T> values, Span<float> to, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        TVector least = TVector.Create(clamp.Least), most = TVector.Create(clamp.Most);
        ref T from = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(to[..values.Length]);
        int index = 0;
        for (; index <= values.Length - TVector.Count; index += TVector.Count)
        {
            T.Load<TVector>(ref from, (nuint)index).Clamp(least, most).Store(ref target, (nuint)index);
        }

        for (; index < values.Length; index++)
        {
            to[index] = clamp.Apply((float)values[index]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize<T, TVector>(ReadOnlySpan<T> values, Span<float> to, ChannelFactors factors, Clamp clamp, Span<ushort> signs)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        Debug.Assert(signs.IsEmpty || (values.Length % RowProduct.Lanes == 0 && signs.Length >= values.Length / RowProduct.Lanes), "Signs are of whole vectors.");
        TVector least = TVector.Create(clamp.Least), most = TVector.Create(clamp.Most);
        ref T from = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(to[..values.Length]);
        ref float scale = ref MemoryMarshal.GetArrayDataReference(factors.Scale);
        ref float shift = ref MemoryMarshal.GetArrayDataReference(factors.Shift);
        ref ushort sign = ref MemoryMarshal.GetReference(signs);
        int index = 0, period = factors.Period, place = 0;
        for (; index <= values.Length - RowProduct.Lanes; index += RowProduct.Lanes)
        {
            uint positive = 0;
            for (int lane = 0; lane < RowProduct.Lanes; lane += TVector.Count)
            {
                nuint at = (nuint)(index + lane), channel = (nuint)(place + lane);
                TVector value = TVector.MultiplyAdd(T.Load<TVector>(ref from, at), TVector.Load(ref scale, channel), TVector.Load(ref shift, channel));
                if (!signs.IsEmpty)
                {
                    positive |= value.AreGreaterThanZero() << lane;
                }

                value.Clamp(least, most).Store(ref target, at);
            }

            if (!signs.IsEmpty)
            {
                Unsafe.Add(ref sign, index / RowProduct.Lanes) = (ushort)positive;
            }

            place = place + RowProduct.Lanes == period ? 0 : place + RowProduct.Lanes;
        }

        for (; index < values.Length; index++, place++)
        {
            to[index] = clamp.Apply(MathF.FusedMultiplyAdd((float)values[index], factors.Scale[place], factors.Shift[place]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<T, TVector>(ReadOnlySpan<float> products, ReadOnlySpan<float> bias, Span<T> to, int pixels, int step, int channels)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        Debug.Assert(bias.IsEmpty || bias.Length >= RowProduct.Lanes, "There is one for each lane.");
        int written = Math.Min(channels, RowProduct.Lanes);
        ref float from = ref MemoryMarshal.GetReference(products);
        ref T target = ref MemoryMarshal.GetReference(to);
        int lane = 0;
        for (; lane <= written - TVector.Count; lane += TVector.Count)
        {
            TVector added = bias.IsEmpty ? default : TVector.Load(ref MemoryMarshal.GetReference(bias[lane..]), 0);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                T.Store(TVector.Load(ref from, (nuint)((pixel * RowProduct.Lanes) + lane)) + added, ref target, (nuint)((pixel * step) + lane));
            }
        }

        for (; lane < written; lane++)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                to[(pixel * step) + lane] = (T)(products[(pixel * RowProduct.Lanes) + lane] + (bias.IsEmpty ? 0 : bias[lane]));
            }
        }
    }
}

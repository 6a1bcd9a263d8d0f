using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Convolutions;

/// <summary>Pixels read and written by vectors of sixteen channels.</summary>
internal static class PixelRows
{
    /// <summary>Reads values as float32, brought into a range.</summary>
    /// <param name="values">The values.</param>
    /// <param name="to">Where to.</param>
    /// <param name="clamp">The range.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read<T>(ReadOnlySpan<T> values, Span<float> to, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        Vector512<float> least = Vector512.Create(clamp.Least), most = Vector512.Create(clamp.Most);
        ref T from = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(to[..values.Length]);
        int index = 0;
        for (; index <= values.Length - RowProduct.Lanes; index += RowProduct.Lanes)
        {
            Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref from, (nuint)index))).StoreUnsafe(ref target, (nuint)index);
        }

        for (; index < values.Length; index++)
        {
            to[index] = clamp.Apply((float)values[index]);
        }
    }

    /// <summary>Reads values as float32, normalised and then brought into a range.</summary>
    /// <param name="values">The values, from the first channel on.</param>
    /// <param name="to">Where to.</param>
    /// <param name="factors">What normalises them.</param>
    /// <param name="clamp">The range.</param>
    /// <param name="signs">Which of sixteen each are greater than zero before; empty where nobody asks, else they are whole sixteens.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize<T>(ReadOnlySpan<T> values, Span<float> to, ChannelFactors factors, Clamp clamp, Span<ushort> signs)
        where T : unmanaged, IPixelValue<T>
    {
        Debug.Assert(signs.IsEmpty || (values.Length % RowProduct.Lanes == 0 && signs.Length >= values.Length / RowProduct.Lanes), "Signs are of whole vectors.");
        Vector512<float> least = Vector512.Create(clamp.Least), most = Vector512.Create(clamp.Most);
        ref T from = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(to[..values.Length]);
        ref float scale = ref MemoryMarshal.GetArrayDataReference(factors.Scale);
        ref float shift = ref MemoryMarshal.GetArrayDataReference(factors.Shift);
        ref ushort sign = ref MemoryMarshal.GetReference(signs);
        int index = 0, period = factors.Period, place = 0;
        for (; index <= values.Length - RowProduct.Lanes; index += RowProduct.Lanes)
        {
            Vector512<float> value = Vector512.FusedMultiplyAdd(
                T.Load(ref from, (nuint)index), Vector512.LoadUnsafe(ref scale, (nuint)place), Vector512.LoadUnsafe(ref shift, (nuint)place));
            if (!signs.IsEmpty)
            {
                Unsafe.Add(ref sign, index / RowProduct.Lanes) = (ushort)Vector512.GreaterThan(value, Vector512<float>.Zero).ExtractMostSignificantBits();
            }

            Vector512.MinNative(most, Vector512.MaxNative(least, value)).StoreUnsafe(ref target, (nuint)index);
            place = place + RowProduct.Lanes == period ? 0 : place + RowProduct.Lanes;
        }

        for (; index < values.Length; index++, place++)
        {
            to[index] = clamp.Apply(MathF.FusedMultiplyAdd((float)values[index], factors.Scale[place], factors.Shift[place]));
        }
    }

    /// <summary>Writes the sixteen channels of some pixels, or fewer.</summary>
    /// <param name="products">The channels <c>[pixel, lane]</c>.</param>
    /// <param name="bias">What is added.</param>
    /// <param name="to">Where the first goes.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="step">The distance between them.</param>
    /// <param name="channels">How many channels; more than sixteen count as sixteen.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write<T>(ReadOnlySpan<float> products, Vector512<float> bias, Span<T> to, int pixels, int step, int channels)
        where T : unmanaged, IPixelValue<T>
    {
        ref float from = ref MemoryMarshal.GetReference(products);
        ref T target = ref MemoryMarshal.GetReference(to);
        if (channels >= RowProduct.Lanes)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                T.Store(Vector512.LoadUnsafe(ref from, (nuint)(pixel * RowProduct.Lanes)) + bias, ref target, (nuint)(pixel * step));
            }
        }
        else if (channels == RowProduct.Lanes / 2)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                T.StoreHalf(Vector256.LoadUnsafe(ref from, (nuint)(pixel * RowProduct.Lanes)) + bias.GetLower(), ref target, (nuint)(pixel * step));
            }
        }
        else
        {
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                T.StoreFirst(Vector512.LoadUnsafe(ref from, (nuint)(pixel * RowProduct.Lanes)) + bias, ref target, (nuint)(pixel * step), channels);
            }
        }
    }
}

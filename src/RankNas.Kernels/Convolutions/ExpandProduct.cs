using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Convolutions;

/// <summary>Rows of C values, sixteen at once, times a matrix <c>[C, 16]</c>, each product brought into a range and stored in a place of its own.</summary>
/// <remarks>Sixteen sums in sixteen registers, written out because an array of them would live in memory.</remarks>
internal static class ExpandProduct
{
    /// <summary>Multiplies.</summary>
    /// <param name="rows">The rows, <c>[16 · n, C]</c>.</param>
    /// <param name="matrix">The weights, <c>[C, lane]</c>.</param>
    /// <param name="channels">C.</param>
    /// <param name="shift">What is added.</param>
    /// <param name="clamp">The range.</param>
    /// <param name="image">Where the products go.</param>
    /// <param name="places">The place of each.</param>
    /// <param name="signs">Which lanes of each are greater than zero before the range.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> matrix, nint channels, Vector512<float> shift, Clamp clamp,
        Span<float> image, ReadOnlySpan<int> places, Span<ushort> signs)
    {
        Debug.Assert(rows.Length >= places.Length * channels && matrix.Length >= channels * RowProduct.Lanes, "The operands are whole.");
        Debug.Assert(places.Length % RowProduct.Rows == 0 && signs.Length >= places.Length, "There is room.");
        if (!Vector512.IsHardwareAccelerated)
        {
            MultiplyByQuads(rows, matrix, channels, shift, clamp, image, places, signs);
            return;
        }

        ref float row = ref MemoryMarshal.GetReference(rows);
        ref float u = ref MemoryMarshal.GetReference(matrix);
        ref float to = ref MemoryMarshal.GetReference(image);
        ref int place = ref MemoryMarshal.GetReference(places);
        ref ushort sign = ref MemoryMarshal.GetReference(signs);
        Vector512<float> least = Vector512.Create(clamp.Least), most = Vector512.Create(clamp.Most);
        for (int left = places.Length; left > 0; left -= RowProduct.Rows)
        {
            Multiply(ref row, ref u, channels, shift, least, most, ref to, ref place, ref sign);
            row = ref Unsafe.Add(ref row, RowProduct.Rows * channels);
            place = ref Unsafe.Add(ref place, RowProduct.Rows);
            sign = ref Unsafe.Add(ref sign, RowProduct.Rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(
        ref float v, ref float u, nint channels, Vector512<float> shift, Vector512<float> least, Vector512<float> most, ref float to, ref int place, ref ushort sign)
    {
        Vector512<float> m0 = shift, m1 = shift, m2 = shift, m3 = shift, m4 = shift, m5 = shift, m6 = shift, m7 = shift;
        Vector512<float> m8 = shift, m9 = shift, m10 = shift, m11 = shift, m12 = shift, m13 = shift, m14 = shift, m15 = shift;
        ref float v4 = ref Unsafe.Add(ref v, 4 * channels);
        ref float v8 = ref Unsafe.Add(ref v, 8 * channels);
        ref float v12 = ref Unsafe.Add(ref v, 12 * channels);
        nint one = channels, two = 2 * channels, three = 3 * channels;
        for (nint channel = 0; channel < channels; channel++)
        {
            Vector512<float> weight = Vector512.LoadUnsafe(ref u, (nuint)(channel * RowProduct.Lanes));
            m0 = RowProduct.Add(m0, weight, ref v, channel);
            m1 = RowProduct.Add(m1, weight, ref v, channel + one);
            m2 = RowProduct.Add(m2, weight, ref v, channel + two);
            m3 = RowProduct.Add(m3, weight, ref v, channel + three);
            m4 = RowProduct.Add(m4, weight, ref v4, channel);
            m5 = RowProduct.Add(m5, weight, ref v4, channel + one);
            m6 = RowProduct.Add(m6, weight, ref v4, channel + two);
            m7 = RowProduct.Add(m7, weight, ref v4, channel + three);
            m8 = RowProduct.Add(m8, weight, ref v8, channel);
            m9 = RowProduct.Add(m9, weight, ref v8, channel + one);
            m10 = RowProduct.Add(m10, weight, ref v8, channel + two);
            m11 = RowProduct.Add(m11, weight, ref v8, channel + three);
            m12 = RowProduct.Add(m12, weight, ref v12, channel);
            m13 = RowProduct.Add(m13, weight, ref v12, channel + one);
            m14 = RowProduct.Add(m14, weight, ref v12, channel + two);
            m15 = RowProduct.Add(m15, weight, ref v12, channel + three);
        }

        Store(m0, ref to, ref place, 0, ref sign, least, most);
        Store(m1, ref to, ref place, 1, ref sign, least, most);
        Store(m2, ref to, ref place, 2, ref sign, least, most);
        Store(m3, ref to, ref place, 3, ref sign, least, most);
        Store(m4, ref to, ref place, 4, ref sign, least, most);
        Store(m5, ref to, ref place, 5, ref sign, least, most);
        Store(m6, ref to, ref place, 6, ref sign, least, most);
        Store(m7, ref to, ref place, 7, ref sign, least, most);
        Store(m8, ref to, ref place, 8, ref sign, least, most);
        Store(m9, ref to, ref place, 9, ref sign, least, most);
        Store(m10, ref to, ref place, 10, ref sign, least, most);
        Store(m11, ref to, ref place, 11, ref sign, least, most);
        Store(m12, ref to, ref place, 12, ref sign, least, most);
        Store(m13, ref to, ref place, 13, ref sign, least, most);
        Store(m14, ref to, ref place, 14, ref sign, least, most);
        Store(m15, ref to, ref place, 15, ref sign, least, most);
    }

    private static void MultiplyByQuads(
        ReadOnlySpan<float> rows, ReadOnlySpan<float> matrix, nint channels, Vector512<float> shift, Clamp clamp,
        Span<float> image, ReadOnlySpan<int> places, Span<ushort> signs)
    {
        Span<float> products = stackalloc float[RowProduct.Rows * RowProduct.Lanes];
        Vector256<float> least = Vector256.Create(clamp.Least), most = Vector256.Create(clamp.Most);
        Vector256<float> lowerShift = shift.GetLower(), upperShift = shift.GetUpper();
        ref float from = ref MemoryMarshal.GetReference(products);
        ref float to = ref MemoryMarshal.GetReference(image);
        for (int row = 0; row < places.Length; row++)
        {
            int product = row % RowProduct.Rows * RowProduct.Lanes;
            if (product == 0)
            {
                RowProduct.Multiply(ref MemoryMarshal.GetReference(rows[(row * (int)channels)..]), ref MemoryMarshal.GetReference(matrix), ref from, channels);
            }

            Vector256<float> lower = Vector256.LoadUnsafe(ref from, (nuint)product) + lowerShift;
            Vector256<float> upper = Vector256.LoadUnsafe(ref from, (nuint)(product + Vector256<float>.Count)) + upperShift;
            uint positive = Vector256.GreaterThan(lower, Vector256<float>.Zero).ExtractMostSignificantBits()
                | (Vector256.GreaterThan(upper, Vector256<float>.Zero).ExtractMostSignificantBits() << Vector256<float>.Count);
            signs[row] = (ushort)positive;
            Vector256.MinNative(most, Vector256.MaxNative(least, lower)).StoreUnsafe(ref to, (nuint)places[row]);
            Vector256.MinNative(most, Vector256.MaxNative(least, upper)).StoreUnsafe(ref to, (nuint)(places[row] + Vector256<float>.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector512<float> values, ref float to, ref int places, nint row, ref ushort signs, Vector512<float> least, Vector512<float> most)
    {
        Unsafe.Add(ref signs, row) = (ushort)Vector512.GreaterThan(values, Vector512<float>.Zero).ExtractMostSignificantBits();
        Vector512.MinNative(most, Vector512.MaxNative(least, values)).StoreUnsafe(ref to, (nuint)Unsafe.Add(ref places, row));
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Convolutions;

/// <summary>Rows of C values, sixteen at once, times a matrix <c>[C, 16]</c>, each product brought into a range and stored in a place of its own.</summary>
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
            RowProduct.Multiply(ref row, ref u, shift, channels, new ClampedPlaces(ref to, ref place, ref sign, least, most));
            row = ref Unsafe.Add(ref row, RowProduct.Rows * channels);
            place = ref Unsafe.Add(ref place, RowProduct.Rows);
            sign = ref Unsafe.Add(ref sign, RowProduct.Rows);
        }
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
}

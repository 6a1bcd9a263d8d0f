using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Sums over pixels of the products of sixteen channels with sixteen others.</summary>
/// <remarks>Sixteen sums in sixteen registers, written out because an array of them would live in memory.</remarks>
internal static class GramProduct
{
    /// <summary>The values that are written: the products <c>[16, 16]</c>, and the sums of the others alone.</summary>
    public const int Length = (RowProduct.Rows + 1) * RowProduct.Lanes;

    /// <summary>Sums.</summary>
    /// <param name="pixels">The pixels, <c>[pixel, C]</c> and a vector more; channels beyond the last are the next pixel's.</param>
    /// <param name="count">How many pixels.</param>
    /// <param name="channels">C.</param>
    /// <param name="row">The first of the sixteen channels.</param>
    /// <param name="column">The first of the others.</param>
    /// <param name="sums">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(ReadOnlySpan<float> pixels, int count, int channels, int row, int column, Span<float> sums)
    {
        Debug.Assert(pixels.Length >= ((count - 1) * channels) + Math.Max(row, column) + RowProduct.Lanes && sums.Length >= Length, "There is room.");
        if (!Vector512.IsHardwareAccelerated)
        {
            SumByQuads(pixels, count, channels, row, column, sums);
            return;
        }

        Vector512<float> m0 = default, m1 = default, m2 = default, m3 = default, m4 = default, m5 = default, m6 = default, m7 = default;
        Vector512<float> m8 = default, m9 = default, m10 = default, m11 = default, m12 = default, m13 = default, m14 = default, m15 = default;
        Vector512<float> alone = default;
        ref float v = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), row);
        ref float u = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), column);
        for (int pixel = 0; pixel < count; pixel++)
        {
            Vector512<float> other = Vector512.LoadUnsafe(ref u);
            alone += other;
            m0 = RowProduct.Add(m0, other, ref v, 0);
            m1 = RowProduct.Add(m1, other, ref v, 1);
            m2 = RowProduct.Add(m2, other, ref v, 2);
            m3 = RowProduct.Add(m3, other, ref v, 3);
            m4 = RowProduct.Add(m4, other, ref v, 4);
            m5 = RowProduct.Add(m5, other, ref v, 5);
            m6 = RowProduct.Add(m6, other, ref v, 6);
            m7 = RowProduct.Add(m7, other, ref v, 7);
            m8 = RowProduct.Add(m8, other, ref v, 8);
            m9 = RowProduct.Add(m9, other, ref v, 9);
            m10 = RowProduct.Add(m10, other, ref v, 10);
            m11 = RowProduct.Add(m11, other, ref v, 11);
            m12 = RowProduct.Add(m12, other, ref v, 12);
            m13 = RowProduct.Add(m13, other, ref v, 13);
            m14 = RowProduct.Add(m14, other, ref v, 14);
            m15 = RowProduct.Add(m15, other, ref v, 15);
            v = ref Unsafe.Add(ref v, channels);
            u = ref Unsafe.Add(ref u, channels);
        }

        ref float to = ref MemoryMarshal.GetReference(sums);
        RowProduct.Store(ref to, 0, m0, m1, m2, m3);
        RowProduct.Store(ref to, 4, m4, m5, m6, m7);
        RowProduct.Store(ref to, 8, m8, m9, m10, m11);
        RowProduct.Store(ref to, 12, m12, m13, m14, m15);
        alone.StoreUnsafe(ref to, RowProduct.Rows * RowProduct.Lanes);
    }

    private static void SumByQuads(ReadOnlySpan<float> pixels, int count, int channels, int row, int column, Span<float> sums)
    {
        ref float first = ref MemoryMarshal.GetReference(pixels);
        ref float to = ref MemoryMarshal.GetReference(sums);
        for (int quad = 0; quad < RowProduct.Rows; quad += QuadProduct.Rows)
        {
            QuadProduct.Multiply(
                ref Unsafe.Add(ref first, row + quad), 1, channels, ref Unsafe.Add(ref first, column), channels, count, ref Unsafe.Add(ref to, quad * RowProduct.Lanes), adds: false);
        }

        Vector256<float> lower = default, upper = default;
        for (int pixel = 0; pixel < count; pixel++)
        {
            lower += Vector256.LoadUnsafe(ref first, (nuint)((pixel * channels) + column));
            upper += Vector256.LoadUnsafe(ref first, (nuint)((pixel * channels) + column + Vector256<float>.Count));
        }

        lower.StoreUnsafe(ref to, RowProduct.Rows * RowProduct.Lanes);
        upper.StoreUnsafe(ref to, (RowProduct.Rows * RowProduct.Lanes) + (nuint)Vector256<float>.Count);
    }
}

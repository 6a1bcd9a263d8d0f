using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Sixteen rows of C values times a matrix <c>[C, 16]</c>.</summary>
/// <remarks>Sixteen sums in sixteen registers, written out because an array of them would live in memory.</remarks>
internal static class RowProduct
{
    /// <summary>The rows: as many sums as stay in registers.</summary>
    public const int Rows = 16;

    /// <summary>The values of a vector.</summary>
    public const int Lanes = 16;

    /// <summary>Multiplies.</summary>
    /// <param name="v">The rows, <c>[16, C]</c>.</param>
    /// <param name="u">The weights, <c>[C, lane]</c>.</param>
    /// <param name="m">The products, <c>[16, lane]</c>.</param>
    /// <param name="channels">C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ref float v, ref float u, ref float m, nint channels)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply(ref v, ref u, default, channels, new DenseRows(ref m));
            return;
        }

        SixRowProduct.Multiply(ref v, ref u, ref m, channels);
        SixRowProduct.Multiply(ref Unsafe.Add(ref v, SixRowProduct.Rows * channels), ref u, ref Unsafe.Add(ref m, SixRowProduct.Rows * Lanes), channels);
        nint last = 2 * SixRowProduct.Rows;
        QuadProduct.Multiply(ref Unsafe.Add(ref v, last * channels), channels, 1, ref u, Lanes, channels, ref Unsafe.Add(ref m, last * Lanes), adds: false);
    }

    /// <summary>Multiplies by vectors of sixteen, and hands on each row's products while they are in a register.</summary>
    /// <param name="v">The rows, <c>[16, C]</c>.</param>
    /// <param name="u">The weights, <c>[C, lane]</c>.</param>
    /// <param name="start">What each row's products are added to.</param>
    /// <param name="channels">C.</param>
    /// <param name="writer">Takes the products.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TWriter>(ref float v, ref float u, Vector512<float> start, nint channels, TWriter writer)
        where TWriter : struct, IRowWriter, allows ref struct
    {
        Vector512<float> m0 = start, m1 = start, m2 = start, m3 = start, m4 = start, m5 = start, m6 = start, m7 = start;
        Vector512<float> m8 = start, m9 = start, m10 = start, m11 = start, m12 = start, m13 = start, m14 = start, m15 = start;
        ref float v4 = ref Unsafe.Add(ref v, 4 * channels);
        ref float v8 = ref Unsafe.Add(ref v, 8 * channels);
        ref float v12 = ref Unsafe.Add(ref v, 12 * channels);
        nint one = channels, two = 2 * channels, three = 3 * channels;
        for (nint channel = 0; channel < channels; channel++)
        {
            Vector512<float> weight = Vector512.LoadUnsafe(ref u, (nuint)(channel * Lanes));
            m0 = Add(m0, weight, ref v, channel);
            m1 = Add(m1, weight, ref v, channel + one);
            m2 = Add(m2, weight, ref v, channel + two);
            m3 = Add(m3, weight, ref v, channel + three);
            m4 = Add(m4, weight, ref v4, channel);
            m5 = Add(m5, weight, ref v4, channel + one);
            m6 = Add(m6, weight, ref v4, channel + two);
            m7 = Add(m7, weight, ref v4, channel + three);
            m8 = Add(m8, weight, ref v8, channel);
            m9 = Add(m9, weight, ref v8, channel + one);
            m10 = Add(m10, weight, ref v8, channel + two);
            m11 = Add(m11, weight, ref v8, channel + three);
            m12 = Add(m12, weight, ref v12, channel);
            m13 = Add(m13, weight, ref v12, channel + one);
            m14 = Add(m14, weight, ref v12, channel + two);
            m15 = Add(m15, weight, ref v12, channel + three);
        }

        writer.Write(0, m0);
        writer.Write(1, m1);
        writer.Write(2, m2);
        writer.Write(3, m3);
        writer.Write(4, m4);
        writer.Write(5, m5);
        writer.Write(6, m6);
        writer.Write(7, m7);
        writer.Write(8, m8);
        writer.Write(9, m9);
        writer.Write(10, m10);
        writer.Write(11, m11);
        writer.Write(12, m12);
        writer.Write(13, m13);
        writer.Write(14, m14);
        writer.Write(15, m15);
    }

    /// <summary>Adds a value times a vector of weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> weight, ref float v, nint offset) =>
        Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref v, offset)), weight, sum);

    /// <summary>Stores four rows of sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref float m, nuint row, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        a.StoreUnsafe(ref m, row * Lanes);
        b.StoreUnsafe(ref m, (row + 1) * Lanes);
        c.StoreUnsafe(ref m, (row + 2) * Lanes);
        d.StoreUnsafe(ref m, (row + 3) * Lanes);
    }
}

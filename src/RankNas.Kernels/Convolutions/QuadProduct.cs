using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Four rows of values times a matrix of sixteen columns, by registers of eight float32.</summary>
/// <remarks>Processors without AVX-512 have sixteen registers: eight sums, as many as hide the latency of a multiply-add, two of weights and one of a value.</remarks>
internal static class QuadProduct
{
    /// <summary>The rows.</summary>
    public const int Rows = 4;

    /// <summary>Multiplies, or adds to products.</summary>
    /// <param name="v">The rows' first values.</param>
    /// <param name="row">The distance between rows.</param>
    /// <param name="value">The distance between a row's values.</param>
    /// <param name="u">The matrix.</param>
    /// <param name="column">The distance between the matrix's rows.</param>
    /// <param name="count">The values of a row.</param>
    /// <param name="m">The products, <c>[4, 16]</c>.</param>
    /// <param name="adds">Whether to add to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ref float v, nint row, nint value, ref float u, nint column, nint count, ref float m, bool adds)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        if (adds)
        {
            (a0, a1, b0, b1) = (Load(ref m, 0), Load(ref m, 8), Load(ref m, 16), Load(ref m, 24));
            (c0, c1, d0, d1) = (Load(ref m, 32), Load(ref m, 40), Load(ref m, 48), Load(ref m, 56));
        }

        nint two = 2 * row, three = 3 * row;
        for (nint index = 0; index < count; index++)
        {
            Vector256<float> lower = Vector256.LoadUnsafe(ref u), upper = Vector256.LoadUnsafe(ref u, 8);
            Vector256<float> a = Vector256.Create(v);
            a0 = Vector256.FusedMultiplyAdd(a, lower, a0);
            a1 = Vector256.FusedMultiplyAdd(a, upper, a1);
            Vector256<float> b = Vector256.Create(Unsafe.Add(ref v, row));
            b0 = Vector256.FusedMultiplyAdd(b, lower, b0);
            b1 = Vector256.FusedMultiplyAdd(b, upper, b1);
            Vector256<float> c = Vector256.Create(Unsafe.Add(ref v, two));
            c0 = Vector256.FusedMultiplyAdd(c, lower, c0);
            c1 = Vector256.FusedMultiplyAdd(c, upper, c1);
            Vector256<float> d = Vector256.Create(Unsafe.Add(ref v, three));
            d0 = Vector256.FusedMultiplyAdd(d, lower, d0);
            d1 = Vector256.FusedMultiplyAdd(d, upper, d1);
            v = ref Unsafe.Add(ref v, value);
            u = ref Unsafe.Add(ref u, column);
        }

        a0.StoreUnsafe(ref m);
        a1.StoreUnsafe(ref m, 8);
        b0.StoreUnsafe(ref m, 16);
        b1.StoreUnsafe(ref m, 24);
        c0.StoreUnsafe(ref m, 32);
        c1.StoreUnsafe(ref m, 40);
        d0.StoreUnsafe(ref m, 48);
        d1.StoreUnsafe(ref m, 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float m, nuint offset) => Vector256.LoadUnsafe(ref m, offset);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static RankNas.Kernels.Winograd.WinogradPoints;

namespace RankNas.Kernels.Winograd;

/// <summary>Y = Aᵀ M A, each tile's 4×4 pixels.</summary>
internal static class WinogradOutput
{
    /// <summary>Writes the four rows of pixels of a row of tiles.</summary>
    /// <param name="products">M, <c>[place, group, tile, lane]</c>.</param>
    /// <param name="firstTile">The first tile of the row.</param>
    /// <param name="pixels">The rows, <c>[4, W, O]</c>.</param>
    /// <param name="width">W, four for each tile.</param>
    /// <param name="layout">The channels.</param>
    public static void Write<T>(ReadOnlySpan<float> products, int firstTile, Span<T> pixels, int width, WinogradLayout layout)
        where T : unmanaged, IPixelValue<T>
    {
        nuint pixel = (nuint)layout.OutChannels;
        nuint row = (nuint)width * pixel;
        for (int group = 0; group < layout.Groups; group++)
        {
            ref float m = ref MemoryMarshal.GetReference(products[((group * WinogradLayout.Tiles + firstTile) * WinogradLayout.Lanes)..]);
            ref T to = ref MemoryMarshal.GetReference(pixels[(group * WinogradLayout.Lanes)..]);
            bool isHalf = layout.OutChannels - group * WinogradLayout.Lanes < WinogradLayout.Lanes;
            for (int tile = 0; tile < width / WinogradLayout.Step; tile++)
            {
                Write(ref m, (nuint)layout.ProductPlane, ref to, pixel, row, isHalf);
                m = ref Unsafe.Add(ref m, WinogradLayout.Lanes);
                to = ref Unsafe.Add(ref to, WinogradLayout.Step * pixel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<T>(ref float m, nuint plane, ref T to, nuint pixel, nuint row, bool isHalf)
        where T : unmanaged, IPixelValue<T>
    {
        Line line0 = CombineColumns(ref m, 0, plane);
        Line line1 = CombineColumns(ref m, 1, plane);
        Line line2 = CombineColumns(ref m, 2, plane);
        Line line3 = CombineColumns(ref m, 3, plane);
        Line line4 = CombineColumns(ref m, 4, plane);
        Line line5 = CombineColumns(ref m, 5, plane);
        WriteColumn(Combine(line0.A, line1.A, line2.A, line3.A, line4.A, line5.A), ref to, row, isHalf);
        WriteColumn(Combine(line0.B, line1.B, line2.B, line3.B, line4.B, line5.B), ref Unsafe.Add(ref to, pixel), row, isHalf);
        WriteColumn(Combine(line0.C, line1.C, line2.C, line3.C, line4.C, line5.C), ref Unsafe.Add(ref to, 2 * pixel), row, isHalf);
        WriteColumn(Combine(line0.D, line1.D, line2.D, line3.D, line4.D, line5.D), ref Unsafe.Add(ref to, 3 * pixel), row, isHalf);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Line CombineColumns(ref float m, nuint line, nuint plane)
    {
        nuint first = WinogradLayout.Side * line * plane;
        return Combine(
            Vector512.LoadUnsafe(ref m, first),
            Vector512.LoadUnsafe(ref m, first + plane),
            Vector512.LoadUnsafe(ref m, first + 2 * plane),
            Vector512.LoadUnsafe(ref m, first + 3 * plane),
            Vector512.LoadUnsafe(ref m, first + 4 * plane),
            Vector512.LoadUnsafe(ref m, first + 5 * plane));
    }

    // Aᵀ: 1, x, x² and x³ for each point x; (0, 0, 0, 1) for ∞.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Line Combine(
        Vector512<float> m0, Vector512<float> m1, Vector512<float> m2, Vector512<float> m3, Vector512<float> m4, Vector512<float> m5)
    {
        Vector512<float> sumP = m1 + m2;
        Vector512<float> differenceP = m1 - m2;
        Vector512<float> sumQ = m3 + m4;
        Vector512<float> differenceQ = m3 - m4;
        return new Line(
            m0 + sumP + sumQ,
            Vector512.FusedMultiplyAdd(differenceQ, Vector512.Create(Q), differenceP * P),
            Vector512.FusedMultiplyAdd(sumQ, Vector512.Create(Q2), sumP * P2),
            Vector512.FusedMultiplyAdd(differenceQ, Vector512.Create(Q3), Vector512.FusedMultiplyAdd(differenceP, Vector512.Create(P3), m5)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteColumn<T>(Line column, ref T to, nuint row, bool isHalf)
        where T : unmanaged, IPixelValue<T>
    {
        if (isHalf)
        {
            T.StoreHalf(column.A.GetLower(), ref to, 0);
            T.StoreHalf(column.B.GetLower(), ref to, row);
            T.StoreHalf(column.C.GetLower(), ref to, 2 * row);
            T.StoreHalf(column.D.GetLower(), ref to, 3 * row);
            return;
        }

        T.Store(column.A, ref to, 0);
        T.Store(column.B, ref to, row);
        T.Store(column.C, ref to, 2 * row);
        T.Store(column.D, ref to, 3 * row);
    }

    private readonly record struct Line(Vector512<float> A, Vector512<float> B, Vector512<float> C, Vector512<float> D);
}

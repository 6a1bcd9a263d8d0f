using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Execution;
using static RankNas.Kernels.Winograd.WinogradPoints;

namespace RankNas.Kernels.Winograd;

/// <summary>V = Bᵀ d B, a row of tiles d of 6×6 pixels, four apart: first down all columns of pixels, then along the rows.</summary>
internal static class WinogradInput
{
    /// <summary>Combines six rows of pixels into six.</summary>
    /// <param name="image">The image, <c>[H, W, C]</c>.</param>
    /// <param name="zeros">A row of zeros, for those outside of the image.</param>
    /// <param name="y">The first row that comes out; the rows that go in begin one above.</param>
    /// <param name="combined">The six rows, after the pixel of padding.</param>
    /// <param name="row">The distance between them.</param>
    /// <param name="clamp">The range that pixels are brought into first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CombineRows<T>(
        ReadOnlySpan<T> image, ReadOnlySpan<T> zeros, int y, Span<float> combined, int row, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        Vector512<float> least = Vector512.Create(clamp.Least), most = Vector512.Create(clamp.Most);
        ref T a = ref RowOf(image, zeros, y - 1);
        ref T b = ref RowOf(image, zeros, y);
        ref T c = ref RowOf(image, zeros, y + 1);
        ref T d = ref RowOf(image, zeros, y + 2);
        ref T e = ref RowOf(image, zeros, y + 3);
        ref T f = ref RowOf(image, zeros, y + 4);
        ref float to = ref MemoryMarshal.GetReference(combined);
        for (nuint offset = 0; offset < (nuint)zeros.Length; offset += WinogradLayout.Lanes)
        {
            Combine(
                Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref a, offset))),
                Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref b, offset))),
                Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref c, offset))),
                Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref d, offset))),
                Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref e, offset))),
                Vector512.MinNative(most, Vector512.MaxNative(least, T.Load(ref f, offset))),
                ref Unsafe.Add(ref to, offset),
                (nuint)row);
        }
    }

    /// <summary>Combines each tile's six columns of pixels likewise, and writes the tile's values to their planes.</summary>
    /// <param name="rows">The six combined rows, padded.</param>
    /// <param name="row">The distance between them.</param>
    /// <param name="tiles">V, <c>[place, tile, C]</c>, from the first tile of the row on.</param>
    /// <param name="count">The number of tiles.</param>
    /// <param name="layout">The channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CombineColumns(ReadOnlySpan<float> rows, int row, Span<float> tiles, int count, WinogradLayout layout)
    {
        nuint pixel = (nuint)layout.InChannels;
        nuint plane = (nuint)layout.TilePlane;
        for (int line = 0; line < WinogradLayout.Side; line++)
        {
            ref float from = ref MemoryMarshal.GetReference(rows[(line * row)..]);
            ref float to = ref MemoryMarshal.GetReference(tiles[(WinogradLayout.Side * line * layout.TilePlane)..]);
            for (int tile = 0; tile < count; tile++)
            {
                // A vector that goes beyond the channels leaves values that the next tile overwrites.
                for (nuint channel = 0; channel < pixel; channel += WinogradLayout.Lanes)
                {
                    Combine(
                        Vector512.LoadUnsafe(ref from, channel),
                        Vector512.LoadUnsafe(ref from, pixel + channel),
                        Vector512.LoadUnsafe(ref from, 2 * pixel + channel),
                        Vector512.LoadUnsafe(ref from, 3 * pixel + channel),
                        Vector512.LoadUnsafe(ref from, 4 * pixel + channel),
                        Vector512.LoadUnsafe(ref from, 5 * pixel + channel),
                        ref Unsafe.Add(ref to, channel),
                        plane);
                }

                from = ref Unsafe.Add(ref from, WinogradLayout.Step * pixel);
                to = ref Unsafe.Add(ref to, pixel);
            }
        }
    }

    private static ref T RowOf<T>(ReadOnlySpan<T> image, ReadOnlySpan<T> zeros, int y) =>
        ref MemoryMarshal.GetReference(y < 0 || y * zeros.Length >= image.Length ? zeros : image.Slice(y * zeros.Length, zeros.Length));

    // The rows of Bᵀ: the polynomials (x² − p²)(x² − q²), x(x ± p)(x² − q²), x(x ± q)(x² − p²) and x(x² − p²)(x² − q²).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine(
        Vector512<float> a,
        Vector512<float> b,
        Vector512<float> c,
        Vector512<float> d,
        Vector512<float> e,
        Vector512<float> f,
        ref float to,
        nuint step)
    {
        Vector512<float> sum = Vector512.Create(-P2 - Q2), product = Vector512.Create(P2 * Q2);
        Vector512<float> minusP2 = Vector512.Create(-P2), minusQ2 = Vector512.Create(-Q2);
        Vector512<float> evenP = Vector512.FusedMultiplyAdd(c, minusQ2, e);
        Vector512<float> oddP = Vector512.FusedMultiplyAdd(b, minusQ2, d) * P;
        Vector512<float> evenQ = Vector512.FusedMultiplyAdd(c, minusP2, e);
        Vector512<float> oddQ = Vector512.FusedMultiplyAdd(b, minusP2, d) * Q;
        Vector512.FusedMultiplyAdd(a, product, Vector512.FusedMultiplyAdd(c, sum, e)).StoreUnsafe(ref to);
        (evenP + oddP).StoreUnsafe(ref to, step);
        (evenP - oddP).StoreUnsafe(ref to, 2 * step);
        (evenQ + oddQ).StoreUnsafe(ref to, 3 * step);
        (evenQ - oddQ).StoreUnsafe(ref to, 4 * step);
        Vector512.FusedMultiplyAdd(b, product, Vector512.FusedMultiplyAdd(d, sum, f)).StoreUnsafe(ref to, 5 * step);
    }
}

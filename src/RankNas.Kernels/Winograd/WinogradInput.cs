using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Execution;
using RankNas.Kernels.Vectors;
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
    public static void CombineRows<T>(
        ReadOnlySpan<T> image, ReadOnlySpan<T> zeros, int y, Span<float> combined, int row, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        if (Lanes16.IsSupported)
        {
            CombineRows<T, Lanes16>(image, zeros, y, combined, row, clamp);
        }
        else if (Lanes8.IsSupported)
        {
            CombineRows<T, Lanes8>(image, zeros, y, combined, row, clamp);
        }
        else
        {
            CombineRows<T, Lanes4>(image, zeros, y, combined, row, clamp);
        }
    }

    /// <summary>Combines each tile's six columns of pixels likewise, and writes the tile's values to their planes.</summary>
    /// <param name="rows">The six combined rows, padded.</param>
    /// <param name="row">The distance between them.</param>
    /// <param name="tiles">V, <c>[place, tile, C]</c>, from the first tile of the row on.</param>
    /// <param name="count">The number of tiles.</param>
    /// <param name="layout">The channels.</param>
    public static void CombineColumns(ReadOnlySpan<float> rows, int row, Span<float> tiles, int count, WinogradLayout layout)
    {
        if (Lanes16.IsSupported)
        {
            CombineColumns<Lanes16>(rows, row, tiles, count, layout);
        }
        else if (Lanes8.IsSupported)
        {
            CombineColumns<Lanes8>(rows, row, tiles, count, layout);
        }
        else
        {
            CombineColumns<Lanes4>(rows, row, tiles, count, layout);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineRows<T, TVector>(
        ReadOnlySpan<T> image, ReadOnlySpan<T> zeros, int y, Span<float> combined, int row, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        TVector least = TVector.Create(clamp.Least), most = TVector.Create(clamp.Most);
        ref T a = ref RowOf(image, zeros, y - 1);
        ref T b = ref RowOf(image, zeros, y);
        ref T c = ref RowOf(image, zeros, y + 1);
        ref T d = ref RowOf(image, zeros, y + 2);
        ref T e = ref RowOf(image, zeros, y + 3);
        ref T f = ref RowOf(image, zeros, y + 4);
        ref float to = ref MemoryMarshal.GetReference(combined);
        for (nuint offset = 0; offset < (nuint)zeros.Length; offset += (nuint)TVector.Count)
        {
            Combine(
                T.Load<TVector>(ref a, offset).Clamp(least, most),
                T.Load<TVector>(ref b, offset).Clamp(least, most),
                T.Load<TVector>(ref c, offset).Clamp(least, most),
                T.Load<TVector>(ref d, offset).Clamp(least, most),
                T.Load<TVector>(ref e, offset).Clamp(least, most),
                T.Load<TVector>(ref f, offset).Clamp(least, most),
                ref Unsafe.Add(ref to, offset),
                (nuint)row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CombineColumns<TVector>(ReadOnlySpan<float> rows, int row, Span<float> tiles, int count, WinogradLayout layout)
        where TVector : struct, IFloatVector<TVector>
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
                for (nuint channel = 0; channel < pixel; channel += (nuint)TVector.Count)
                {
                    Combine(
                        TVector.Load(ref from, channel),
                        TVector.Load(ref from, pixel + channel),
                        TVector.Load(ref from, 2 * pixel + channel),
                        TVector.Load(ref from, 3 * pixel + channel),
                        TVector.Load(ref from, 4 * pixel + channel),
                        TVector.Load(ref from, 5 * pixel + channel),
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
    private static void Combine<TVector>(TVector a, TVector b, TVector c, TVector d, TVector e, TVector f, ref float to, nuint step)
        where TVector : struct, IFloatVector<TVector>
    {
        TVector sum = TVector.Create(-P2 - Q2), product = TVector.Create(P2 * Q2);
        TVector minusP2 = TVector.Create(-P2), minusQ2 = TVector.Create(-Q2);
        TVector evenP = TVector.MultiplyAdd(c, minusQ2, e);
        TVector oddP = TVector.MultiplyAdd(b, minusQ2, d) * P;
        TVector evenQ = TVector.MultiplyAdd(c, minusP2, e);
        TVector oddQ = TVector.MultiplyAdd(b, minusP2, d) * Q;
        TVector.MultiplyAdd(a, product, TVector.MultiplyAdd(c, sum, e)).Store(ref to, 0);
        (evenP + oddP).Store(ref to, step);
        (evenP - oddP).Store(ref to, 2 * step);
        (evenQ + oddQ).Store(ref to, 3 * step);
        (evenQ - oddQ).Store(ref to, 4 * step);
        TVector.MultiplyAdd(b, product, TVector.MultiplyAdd(d, sum, f)).Store(ref to, 5 * step);
    }
}

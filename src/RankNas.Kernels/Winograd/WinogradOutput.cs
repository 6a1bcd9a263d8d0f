using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Vectors;
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
        for (int group = 0; group < layout.Groups; group++)
        {
            // The last group may be half of one.
            int channel = group * WinogradLayout.Lanes, channels = Math.Min(WinogradLayout.Lanes, layout.OutChannels - channel);
            ReadOnlySpan<float> m = products[(((group * WinogradLayout.Tiles) + firstTile) * WinogradLayout.Lanes)..];
            if (Lanes16.IsSupported && channels == WinogradLayout.Lanes)
            {
                WriteGroup<T, Lanes16>(m, pixels[channel..], width, channels, layout);
            }
            else if (Lanes8.IsSupported)
            {
                WriteGroup<T, Lanes8>(m, pixels[channel..], width, channels, layout);
            }
            else
            {
                WriteGroup<T, Lanes4>(m, pixels[channel..], width, channels, layout);
            }
        }
    }

    private static void WriteGroup<T, TVector>(ReadOnlySpan<float> products, Span<T> pixels, int width, int channels, WinogradLayout layout)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        nuint pixel = (nuint)layout.OutChannels;
        nuint row = (nuint)width * pixel;
        ref float m = ref MemoryMarshal.GetReference(products);
        ref T to = ref MemoryMarshal.GetReference(pixels);
        for (int tile = 0; tile < width / WinogradLayout.Step; tile++)
        {
            for (int lane = 0; lane < channels; lane += TVector.Count)
            {
                Write<T, TVector>(ref Unsafe.Add(ref m, lane), (nuint)layout.ProductPlane, ref Unsafe.Add(ref to, lane), pixel, row);
            }

            m = ref Unsafe.Add(ref m, WinogradLayout.Lanes);
            to = ref Unsafe.Add(ref to, WinogradLayout.Step * pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<T, TVector>(ref float m, nuint plane, ref T to, nuint pixel, nuint row)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        Line<TVector> line0 = CombineColumns<TVector>(ref m, 0, plane);
        Line<TVector> line1 = CombineColumns<TVector>(ref m, 1, plane);
        Line<TVector> line2 = CombineColumns<TVector>(ref m, 2, plane);
        Line<TVector> line3 = CombineColumns<TVector>(ref m, 3, plane);
        Line<TVector> line4 = CombineColumns<TVector>(ref m, 4, plane);
        Line<TVector> line5 = CombineColumns<TVector>(ref m, 5, plane);
        WriteColumn(Combine(line0.A, line1.A, line2.A, line3.A, line4.A, line5.A), ref to, row);
        WriteColumn(Combine(line0.B, line1.B, line2.B, line3.B, line4.B, line5.B), ref Unsafe.Add(ref to, pixel), row);
        WriteColumn(Combine(line0.C, line1.C, line2.C, line3.C, line4.C, line5.C), ref Unsafe.Add(ref to, 2 * pixel), row);
        WriteColumn(Combine(line0.D, line1.D, line2.D, line3.D, line4.D, line5.D), ref Unsafe.Add(ref to, 3 * pixel), row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Line<TVector> CombineColumns<TVector>(ref float m, nuint line, nuint plane)
        where TVector : struct, IFloatVector<TVector>
    {
        nuint first = WinogradLayout.Side * line * plane;
        return Combine(
            TVector.Load(ref m, first),
            TVector.Load(ref m, first + plane),
            TVector.Load(ref m, first + 2 * plane),
            TVector.Load(ref m, first + 3 * plane),
            TVector.Load(ref m, first + 4 * plane),
            TVector.Load(ref m, first + 5 * plane));
    }

    // Aᵀ: 1, x, x² and x³ for each point x; (0, 0, 0, 1) for ∞.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Line<TVector> Combine<TVector>(TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5)
        where TVector : struct, IFloatVector<TVector>
    {
        TVector sumP = m1 + m2;
        TVector differenceP = m1 - m2;
        TVector sumQ = m3 + m4;
        TVector differenceQ = m3 - m4;
        return new Line<TVector>(
            m0 + sumP + sumQ,
            TVector.MultiplyAdd(differenceQ, TVector.Create(Q), differenceP * P),
            TVector.MultiplyAdd(sumQ, TVector.Create(Q2), sumP * P2),
            TVector.MultiplyAdd(differenceQ, TVector.Create(Q3), TVector.MultiplyAdd(differenceP, TVector.Create(P3), m5)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteColumn<T, TVector>(Line<TVector> column, ref T to, nuint row)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        T.Store(column.A, ref to, 0);
        T.Store(column.B, ref to, row);
        T.Store(column.C, ref to, 2 * row);
        T.Store(column.D, ref to, 3 * row);
    }

    private readonly record struct Line<TVector>(TVector A, TVector B, TVector C, TVector D);
}

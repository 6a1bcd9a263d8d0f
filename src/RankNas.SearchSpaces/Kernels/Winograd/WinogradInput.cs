using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>V = Bᵀ d B, a row of tiles d of 4×4 pixels, two apart: first down all columns of pixels, then along the rows.</summary>
internal static class WinogradInput
{
    /// <summary>Combines four rows of pixels into four: Bᵀ = [1 0 −1 0; 0 1 1 0; 0 −1 1 0; 0 1 0 −1].</summary>
    /// <param name="first">The row above the tiles' own two, as long as the others.</param>
    /// <param name="second">The first of their own.</param>
    /// <param name="third">The second of their own.</param>
    /// <param name="fourth">The row below.</param>
    /// <param name="combined">The four rows, after the pixel of padding.</param>
    /// <param name="row">The distance between them.</param>
    public static void CombineRows(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, ReadOnlySpan<float> third, ReadOnlySpan<float> fourth, Span<float> combined, int row)
    {
        ref float a = ref MemoryMarshal.GetReference(first);
        ref float b = ref MemoryMarshal.GetReference(second);
        ref float c = ref MemoryMarshal.GetReference(third);
        ref float d = ref MemoryMarshal.GetReference(fourth);
        ref float to = ref MemoryMarshal.GetReference(combined);
        nuint step = (nuint)row;
        for (nuint offset = 0; offset < (nuint)second.Length; offset += WinogradLayout.Lanes)
        {
            Combine(
                Vector512.LoadUnsafe(ref a, offset),
                Vector512.LoadUnsafe(ref b, offset),
                Vector512.LoadUnsafe(ref c, offset),
                Vector512.LoadUnsafe(ref d, offset),
                ref to,
                offset,
                step);
        }
    }

    /// <summary>Combines each tile's four columns of pixels likewise, and writes the tile's values to their planes.</summary>
    /// <param name="rows">The four combined rows, padded.</param>
    /// <param name="row">The distance between them.</param>
    /// <param name="tiles">V, <c>[place, tile, C]</c>, from the first tile of the row on.</param>
    /// <param name="count">The number of tiles.</param>
    /// <param name="layout">The channels.</param>
    public static void CombineColumns(ReadOnlySpan<float> rows, int row, Span<float> tiles, int count, WinogradLayout layout)
    {
        ref float from = ref MemoryMarshal.GetReference(rows);
        ref float to = ref MemoryMarshal.GetReference(tiles);
        nuint pixel = (nuint)layout.InChannels;
        nuint plane = (nuint)layout.TilePlane;
        for (int line = 0; line < 4; line++)
        {
            nuint source = (nuint)(line * row);
            nuint target = (nuint)(4 * line) * plane;
            for (int tile = 0; tile < count; tile++)
            {
                // A vector that goes beyond the channels leaves values that the next tile overwrites.
                for (nuint channel = 0; channel < pixel; channel += WinogradLayout.Lanes)
                {
                    Combine(
                        Vector512.LoadUnsafe(ref from, source + channel),
                        Vector512.LoadUnsafe(ref from, source + pixel + channel),
                        Vector512.LoadUnsafe(ref from, source + 2 * pixel + channel),
                        Vector512.LoadUnsafe(ref from, source + 3 * pixel + channel),
                        ref to,
                        target + channel,
                        plane);
                }

                source += 2 * pixel;
                target += pixel;
            }
        }
    }

    private static void Combine(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth, ref float to, nuint offset, nuint step)
    {
        (first - third).StoreUnsafe(ref to, offset);
        (second + third).StoreUnsafe(ref to, offset + step);
        (third - second).StoreUnsafe(ref to, offset + 2 * step);
        (second - fourth).StoreUnsafe(ref to, offset + 3 * step);
    }
}

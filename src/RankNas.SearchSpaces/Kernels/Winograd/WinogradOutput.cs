using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>Y = Aᵀ M A, each tile's 2×2 pixels: Aᵀ = [1 1 1 0; 0 1 −1 −1].</summary>
internal static class WinogradOutput
{
    /// <summary>Writes two rows of pixels.</summary>
    /// <param name="products">M, <c>[place, group, tile, lane]</c>.</param>
    /// <param name="firstTile">The first tile of the rows.</param>
    /// <param name="pixels">The rows, <c>[2, W, O]</c>.</param>
    /// <param name="width">W, two for each tile.</param>
    /// <param name="layout">The channels and tiles.</param>
    public static void Write(ReadOnlySpan<float> products, int firstTile, Span<float> pixels, int width, WinogradLayout layout)
    {
        ref float to = ref MemoryMarshal.GetReference(pixels);
        nuint pixel = (nuint)layout.OutChannels;
        nuint row = (nuint)width * pixel;
        for (int group = 0; group < layout.Groups; group++)
        {
            ref float m = ref MemoryMarshal.GetReference(products[((group * layout.Tiles + firstTile) * WinogradLayout.Lanes)..]);
            bool isHalf = layout.OutChannels - group * WinogradLayout.Lanes < WinogradLayout.Lanes;
            nuint target = (nuint)(group * WinogradLayout.Lanes);
            for (int tile = 0; tile < width / 2; tile++)
            {
                nuint source = (nuint)(tile * WinogradLayout.Lanes);
                (Vector512<float> left0, Vector512<float> right0) = CombineColumns(ref m, source, 0, layout);
                (Vector512<float> left1, Vector512<float> right1) = CombineColumns(ref m, source, 1, layout);
                (Vector512<float> left2, Vector512<float> right2) = CombineColumns(ref m, source, 2, layout);
                (Vector512<float> left3, Vector512<float> right3) = CombineColumns(ref m, source, 3, layout);
                Store(left0 + left1 + left2, ref to, target, isHalf);
                Store(right0 + right1 + right2, ref to, target + pixel, isHalf);
                Store(left1 - left2 - left3, ref to, target + row, isHalf);
                Store(right1 - right2 - right3, ref to, target + row + pixel, isHalf);
                target += 2 * pixel;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Left, Vector512<float> Right) CombineColumns(ref float m, nuint offset, int line, WinogradLayout layout)
    {
        nuint plane = (nuint)layout.ProductPlane;
        nuint first = offset + (nuint)(4 * line) * plane;
        Vector512<float> a = Vector512.LoadUnsafe(ref m, first);
        Vector512<float> b = Vector512.LoadUnsafe(ref m, first + plane);
        Vector512<float> c = Vector512.LoadUnsafe(ref m, first + 2 * plane);
        Vector512<float> d = Vector512.LoadUnsafe(ref m, first + 3 * plane);
        return (a + b + c, b - c - d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> values, ref float to, nuint offset, bool isHalf)
    {
        if (isHalf)
        {
            values.GetLower().StoreUnsafe(ref to, offset);
        }
        else
        {
            values.StoreUnsafe(ref to, offset);
        }
    }
}

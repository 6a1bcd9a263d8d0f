using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static RankNas.Kernels.Winograd.WinogradPoints;

namespace RankNas.Kernels.Winograd;

/// <summary>U = G g Gᵀ, the 3×3 weights g of a convolution made into 6×6, sixteen output channels to a vector.</summary>
internal static class WinogradWeights
{
    private const int Values = 9;

    /// <summary>Transforms a convolution's weights.</summary>
    /// <param name="weights">g, <c>[O, C, 3, 3]</c>.</param>
    /// <param name="layout">The channels.</param>
    /// <param name="transformed">U, <c>[place, group, C, lane]</c>.</param>
    public static void Transform(ReadOnlySpan<float> weights, WinogradLayout layout, Span<float> transformed)
    {
        // 0 where a group has no more channels.
        Span<float> g = stackalloc float[Values * WinogradLayout.Lanes];
        for (int group = 0; group < layout.Groups; group++)
        {
            int first = group * WinogradLayout.Lanes;
            int lanes = Math.Min(WinogradLayout.Lanes, layout.OutChannels - first);
            g.Clear();
            for (int channel = 0; channel < layout.InChannels; channel++)
            {
                for (int lane = 0; lane < lanes; lane++)
                {
                    ReadOnlySpan<float> values = weights.Slice(((first + lane) * layout.InChannels + channel) * Values, Values);
                    for (int value = 0; value < Values; value++)
                    {
                        g[value * WinogradLayout.Lanes + lane] = values[value];
                    }
                }

                Transform(g, transformed[((group * layout.InChannels + channel) * WinogradLayout.Lanes)..], layout.WeightPlane);
            }
        }
    }

    // Down the columns, then along the rows.
    private static void Transform(ReadOnlySpan<float> g, Span<float> u, int plane)
    {
        ReadOnlySpan<Vector512<float>> of = MemoryMarshal.Cast<float, Vector512<float>>(g);
        for (int row = 0; row < WinogradLayout.Side; row++)
        {
            Vector512<float> left = Combine(of[0], of[3], of[6], row);
            Vector512<float> middle = Combine(of[1], of[4], of[7], row);
            Vector512<float> right = Combine(of[2], of[5], of[8], row);
            for (int column = 0; column < WinogradLayout.Side; column++)
            {
                Combine(left, middle, right, column).CopyTo(u[((WinogradLayout.Side * row + column) * plane)..]);
            }
        }
    }

    // A row of G: (1, x, x²) for each point x, over the product of its distances from the others; (0, 0, 1) for ∞.
    private static Vector512<float> Combine(Vector512<float> first, Vector512<float> second, Vector512<float> third, int row) => row switch
    {
        0 => first * (1 / (P2 * Q2)),
        1 => (first + second * P + third * P2) * (1 / (2 * P2 * (P2 - Q2))),
        2 => (first - second * P + third * P2) * (1 / (2 * P2 * (P2 - Q2))),
        3 => (first + second * Q + third * Q2) * (1 / (2 * Q2 * (Q2 - P2))),
        4 => (first - second * Q + third * Q2) * (1 / (2 * Q2 * (Q2 - P2))),
        _ => third,
    };
}

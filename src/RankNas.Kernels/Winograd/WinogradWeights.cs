using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Vectors;
using static RankNas.Kernels.Winograd.WinogradPoints;

namespace RankNas.Kernels.Winograd;

/// <summary>U = G g Gᵀ, the 3×3 weights g of a convolution made into 6×6, sixteen output channels to a vector.</summary>
internal static class WinogradWeights
{
    private const int Size = 3;
    private const int Values = Size * Size;

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

                Span<float> u = transformed[((group * layout.InChannels + channel) * WinogradLayout.Lanes)..];
                if (Lanes16.IsSupported)
                {
                    Transform<Lanes16>(g, u, layout.WeightPlane);
                }
                else if (Lanes8.IsSupported)
                {
                    Transform<Lanes8>(g, u, layout.WeightPlane);
                }
                else
                {
                    Transform<Lanes4>(g, u, layout.WeightPlane);
                }
            }
        }
    }

    // Down the columns, then along the rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform<TVector>(ReadOnlySpan<float> g, Span<float> u, int plane)
        where TVector : struct, IFloatVector<TVector>
    {
        for (int lane = 0; lane < WinogradLayout.Lanes; lane += TVector.Count)
        {
            ref float of = ref MemoryMarshal.GetReference(g[lane..]);
            for (int row = 0; row < WinogradLayout.Side; row++)
            {
                TVector left = Combine<TVector>(ref of, 0, row);
                TVector middle = Combine<TVector>(ref of, 1, row);
                TVector right = Combine<TVector>(ref of, 2, row);
                ref float to = ref MemoryMarshal.GetReference(u[((WinogradLayout.Side * row * plane) + lane)..]);
                for (int column = 0; column < WinogradLayout.Side; column++)
                {
                    Combine(left, middle, right, column).Store(ref to, (nuint)(column * plane));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Combine<TVector>(ref float g, nuint column, int row)
        where TVector : struct, IFloatVector<TVector> => Combine(
            TVector.Load(ref g, column * WinogradLayout.Lanes),
            TVector.Load(ref g, (column + Size) * WinogradLayout.Lanes),
            TVector.Load(ref g, (column + (2 * Size)) * WinogradLayout.Lanes),
            row);

    // A row of G: (1, x, x²) for each point x, over the product of its distances from the others; (0, 0, 1) for ∞.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Combine<TVector>(TVector first, TVector second, TVector third, int row)
        where TVector : struct, IFloatVector<TVector> => row switch
        {
            0 => first * (1 / (P2 * Q2)),
            1 => (first + second * P + third * P2) * (1 / (2 * P2 * (P2 - Q2))),
            2 => (first - second * P + third * P2) * (1 / (2 * P2 * (P2 - Q2))),
            3 => (first + second * Q + third * Q2) * (1 / (2 * Q2 * (Q2 - P2))),
            4 => (first - second * Q + third * Q2) * (1 / (2 * Q2 * (Q2 - P2))),
            _ => third,
        };
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Convolutions;

namespace RankNas.Kernels.Winograd;

/// <summary>M = U ⊙ V: at each of the 36 places, tiles <c>[tile, C]</c> times weights <c>[C, O]</c>.</summary>
internal static class WinogradProduct
{
    /// <summary>Multiplies a block of tiles.</summary>
    /// <param name="tiles">V, <c>[place, tile, C]</c>.</param>
    /// <param name="weights">U, <c>[place, group, C, lane]</c>.</param>
    /// <param name="products">M, <c>[place, group, tile, lane]</c>.</param>
    /// <param name="count">The tiles that are used; the planes have room for more.</param>
    /// <param name="layout">The channels and tiles.</param>
    public static void Multiply(ReadOnlySpan<float> tiles, ReadOnlySpan<float> weights, Span<float> products, int count, WinogradLayout layout)
    {
        ref float v = ref MemoryMarshal.GetReference(tiles);
        ref float u = ref MemoryMarshal.GetReference(weights);
        ref float m = ref MemoryMarshal.GetReference(products);
        for (int place = 0; place < WinogradLayout.Places; place++)
        {
            for (int group = 0; group < layout.Groups; group++)
            {
                ref float weight = ref Unsafe.Add(ref u, place * layout.WeightPlane + group * layout.InChannels * WinogradLayout.Lanes);
                ref float product = ref Unsafe.Add(ref m, place * layout.ProductPlane + group * WinogradLayout.Tiles * WinogradLayout.Lanes);
                for (int tile = 0; tile < count; tile += RowProduct.Rows)
                {
                    RowProduct.Multiply(
                        ref Unsafe.Add(ref v, place * layout.TilePlane + tile * layout.InChannels),
                        ref weight,
                        ref Unsafe.Add(ref product, tile * WinogradLayout.Lanes),
                        layout.InChannels);
                }
            }
        }
    }
}

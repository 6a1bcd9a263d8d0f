using System.Buffers;
using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>3×3 convolution of stride 1 and padding 1 by Winograd's F(2×2, 3×3): 16 products for four pixels, where the definition has 36.</summary>
/// <remarks>
/// Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A for each tile d of 4×4 pixels, two apart. Lavin and Gray, <em>Fast Algorithms for Convolutional Neural Networks</em>,
/// CVPR 2016. It rounds no worse than the sum of 9·C products does.
/// </remarks>
internal static class WinogradKernel
{
    // Channels go by half vectors.
    private const int ChannelStep = 8;

    // Fewer fill no vector, and libtorch is as fast.
    private const int LeastChannels = 16;

    /// <summary>Tells whether a convolution can be done so, and is faster so.</summary>
    /// <param name="images">What goes in.</param>
    /// <param name="outChannels">The channels that come out.</param>
    public static bool Suits(PixelMemory images, int outChannels) =>
        Vector512.IsHardwareAccelerated
        && images.Channels % ChannelStep == 0 && outChannels % ChannelStep == 0
        && images.Channels >= LeastChannels && outChannels >= LeastChannels
        && images.Height % 2 == 0 && images.Width % 2 == 0 && images.Pixels > 0;

    /// <summary>Convolves.</summary>
    /// <param name="images">What goes in, as <see cref="Suits"/> has it.</param>
    /// <param name="weights">The weights <c>[O, C, 3, 3]</c>.</param>
    /// <param name="convolved">What comes out: as many images of the same size.</param>
    public static void Convolve(PixelMemory images, ReadOnlySpan<float> weights, PixelMemory convolved)
    {
        int tilesOfRow = images.Width / 2;
        int rowsOfBlock = Math.Clamp(WinogradLayout.TilesOfProduct / tilesOfRow, 1, images.Height / 2);
        int products = (rowsOfBlock * tilesOfRow + WinogradLayout.TilesOfProduct - 1) / WinogradLayout.TilesOfProduct;
        var layout = new WinogradLayout(images.Channels, convolved.Channels, products * WinogradLayout.TilesOfProduct);
        int row = layout.RowOf(images.Width);
        using var zeros = new Scratch(images.Width * images.Channels);
        using var transformed = new Scratch(WinogradLayout.Places * layout.WeightPlane);
        using var rows = new Scratch(4 * row);
        using var tiles = new Scratch(WinogradLayout.Places * layout.TilePlane);
        using var product = new Scratch(WinogradLayout.Places * layout.ProductPlane);
        WinogradWeights.Transform(weights, layout, transformed.Values);
        for (int image = 0; image < images.Images; image++)
        {
            ReadOnlySpan<float> from = images.ValuesOf(image);
            Span<float> to = convolved.ValuesOf(image);
            for (int block = 0; block < images.Height / 2; block += rowsOfBlock)
            {
                int end = Math.Min(block + rowsOfBlock, images.Height / 2);
                for (int tileRow = block; tileRow < end; tileRow++)
                {
                    CombineRows(from, zeros.Values, 2 * tileRow, rows.Values[images.Channels..], row);
                    WinogradInput.CombineColumns(
                        rows.Values, row, tiles.Values[((tileRow - block) * tilesOfRow * images.Channels)..], tilesOfRow, layout);
                }

                WinogradProduct.Multiply(tiles.Values, transformed.Values, product.Values, layout);
                int valuesOfRows = 2 * images.Width * convolved.Channels;
                for (int tileRow = block; tileRow < end; tileRow++)
                {
                    WinogradOutput.Write(
                        product.Values, (tileRow - block) * tilesOfRow, to.Slice(tileRow * valuesOfRows, valuesOfRows), images.Width, layout);
                }
            }
        }
    }

    // A row of zeros stands for those beyond the image.
    private static void CombineRows(ReadOnlySpan<float> image, ReadOnlySpan<float> zeros, int y, Span<float> combined, int row)
    {
        int length = zeros.Length;
        ReadOnlySpan<float> above = y == 0 ? zeros : image.Slice((y - 1) * length, length);
        ReadOnlySpan<float> below = (y + 2) * length == image.Length ? zeros : image.Slice((y + 2) * length, length);
        WinogradInput.CombineRows(above, image.Slice(y * length, length), image.Slice((y + 1) * length, length), below, combined, row);
    }

    // Zeros at first, which the padding is to stay, and whatever lies in unused tiles had better be.
    private readonly ref struct Scratch : IDisposable
    {
        private readonly float[] _rented;

        public Scratch(int length)
        {
            _rented = ArrayPool<float>.Shared.Rent(length);
            Values = _rented.AsSpan(0, length);
            Values.Clear();
        }

        public Span<float> Values { get; }

        public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
    }
}

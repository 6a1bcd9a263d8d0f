using System.Runtime.Intrinsics;

namespace RankNas;

/// <summary>3×3 convolution of stride 1 and padding 1 by Winograd's F(4×4, 3×3): 36 products for 16 pixels, where the definition has 144.</summary>
/// <remarks>
/// Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A for each tile d of 6×6 pixels, four apart. Lavin and Gray, <em>Fast Algorithms for Convolutional Neural Networks</em>,
/// CVPR 2016.
/// </remarks>
internal static class WinogradKernel
{
    /// <summary>Tells whether a convolution can be done so, and is faster so: with the three channels of a picture libtorch is as fast.</summary>
    /// <param name="images">What goes in.</param>
    /// <param name="outChannels">The channels that come out.</param>
    public static bool Suits<T>(PixelMemory<T> images, int outChannels)
        where T : unmanaged, IPixelValue<T> =>
        RowProduct.Suits(images, outChannels)
        && images.Height % WinogradLayout.Step == 0 && images.Width % WinogradLayout.Step == 0
        && images.Width <= WinogradLayout.Step * WinogradLayout.Tiles;

    /// <summary>Convolves.</summary>
    /// <param name="images">What goes in, as <see cref="Suits"/> has it.</param>
    /// <param name="weights">The weights <c>[O, C, 3, 3]</c>.</param>
    /// <param name="convolved">What comes out: as many images of the same size.</param>
    /// <param name="isRectified">Whether what is negative of the images counts as 0.</param>
    /// <param name="moments">Takes the moments of what comes out.</param>
    public static void Convolve<T>(
        PixelMemory<T> images, ReadOnlySpan<float> weights, PixelMemory<T> convolved, bool isRectified, ChannelMoments moments)
        where T : unmanaged, IPixelValue<T>
    {
        Vector512<float> least = Vector512.Create(isRectified ? 0 : float.NegativeInfinity);
        var layout = new WinogradLayout(images.Channels, convolved.Channels);
        int row = layout.RowOf(images.Width);

        // Zeros at first, which the padding is to stay, and whatever lies in unused tiles had better be.
        using var zeros = new Scratch<T>(images.Width * images.Channels);
        using var rows = new Scratch<float>(WinogradLayout.Side * row);
        using var transformed = new Scratch<float>(WinogradLayout.Places * layout.WeightPlane);
        using var tiles = new Scratch<float>(WinogradLayout.Places * layout.TilePlane);
        using var products = new Scratch<float>(WinogradLayout.Places * layout.ProductPlane);
        WinogradWeights.Transform(weights, layout, transformed.Values);

        // Rows of tiles, image after image, as many as a block has room for.
        int tilesOfRow = images.Width / WinogradLayout.Step;
        int rowsOfImage = images.Height / WinogradLayout.Step;
        int rowsOfBlock = WinogradLayout.Tiles / tilesOfRow;
        int valuesOfRow = WinogradLayout.Step * images.Width * convolved.Channels;
        for (int first = 0; first < images.Images * rowsOfImage; first += rowsOfBlock)
        {
            int count = Math.Min(rowsOfBlock, images.Images * rowsOfImage - first);
            for (int index = 0; index < count; index++)
            {
                (int image, int tileRow) = Math.DivRem(first + index, rowsOfImage);
                WinogradInput.CombineRows<T>(
                    images.ValuesOf(image), zeros.Values, WinogradLayout.Step * tileRow, rows.Values[images.Channels..], row, least);
                WinogradInput.CombineColumns(rows.Values, row, tiles.Values[(index * tilesOfRow * images.Channels)..], tilesOfRow, layout);
            }

            WinogradProduct.Multiply(tiles.Values, transformed.Values, products.Values, layout);
            for (int index = 0; index < count; index++)
            {
                Span<T> pixels = convolved.Values.Slice((first + index) * valuesOfRow, valuesOfRow);
                WinogradOutput.Write(products.Values, index * tilesOfRow, pixels, images.Width, layout);

                // While they are in the first-level cache.
                moments.Add<T>(pixels);
            }
        }
    }
}

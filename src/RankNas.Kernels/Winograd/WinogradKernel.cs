using System.Diagnostics;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Convolutions;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Winograd;

/// <summary>3×3 convolution of stride 1 and padding 1 by Winograd's F(4×4, 3×3): 36 products for 16 pixels, where the definition has 144.</summary>
/// <remarks>
/// Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A for each tile d of 6×6 pixels, four apart. Lavin and Gray, <em>Fast Algorithms for Convolutional Neural Networks</em>,
/// CVPR 2016.
/// </remarks>
internal static class WinogradKernel
{
    // Channels go by half vectors.
    private const int ChannelStep = 8;

    /// <summary>Tells whether a convolution can be done so, and is faster so: with the three channels of a picture libtorch is as fast.</summary>
    /// <param name="images">What goes in.</param>
    /// <param name="outChannels">The channels that come out.</param>
    public static bool Suits<T>(PixelMemory<T> images, int outChannels)
        where T : unmanaged, IPixelValue<T> =>
        images.Channels % ChannelStep == 0 && outChannels % ChannelStep == 0
        && images.Height % WinogradLayout.Step == 0 && images.Width % WinogradLayout.Step == 0
        && images.Width <= WinogradLayout.Step * WinogradLayout.Tiles;

    /// <inheritdoc cref="ConvolutionKernels.Kernel{T}"/>
    public static ChannelMoments Convolve<T>(
        ConvolutionOperation operation, PixelMemory<T> images, ConvolutionWeights weights, PixelMemory<T> convolved, PixelReading reading)
        where T : unmanaged, IPixelValue<T>
    {
        Debug.Assert(Suits(images, convolved.Channels) && convolved.IsLike(images, convolved.Channels), "The images suit, and the result has room.");
        var layout = new WinogradLayout(images.Channels, convolved.Channels);
        using var transformed = new Scratch<float>(WinogradLayout.Places * layout.WeightPlane);
        WinogradWeights.Transform(weights.Weight, layout, transformed.Values);
        ChannelMoments[] moments = ChannelMoments.OfParts(convolved);
        images.ForEachPart(() => new WinogradMemory<T>(layout, images.Width), (part, memory) =>
            Convolve(images, transformed.Values, convolved, part, memory, reading.Clamp, moments[part.Index]));
        return ChannelMoments.Of(moments);
    }

    private static void Convolve<T>(
        PixelMemory<T> images,
        ReadOnlySpan<float> weights,
        PixelMemory<T> convolved,
        ImagePart part,
        WinogradMemory<T> memory,
        Clamp clamp,
        ChannelMoments moments)
        where T : unmanaged, IPixelValue<T>
    {
        WinogradLayout layout = memory.Layout;
        int row = layout.RowOf(images.Width);

        // Rows of tiles, image after image, as many as a block has room for.
        int tilesOfRow = images.Width / WinogradLayout.Step;
        int rowsOfImage = images.Height / WinogradLayout.Step;
        int rowsOfBlock = WinogradLayout.Tiles / tilesOfRow;
        int valuesOfRow = WinogradLayout.Step * images.Width * convolved.Channels;
        int end = (part.First + part.Images) * rowsOfImage;
        for (int first = part.First * rowsOfImage; first < end; first += rowsOfBlock)
        {
            int count = Math.Min(rowsOfBlock, end - first);
            for (int index = 0; index < count; index++)
            {
                (int image, int tileRow) = Math.DivRem(first + index, rowsOfImage);
                WinogradInput.CombineRows<T>(
                    images.ValuesOf(image), memory.Zeros, WinogradLayout.Step * tileRow, memory.Rows[images.Channels..], row, clamp);
                WinogradInput.CombineColumns(memory.Rows, row, memory.Tiles[(index * tilesOfRow * images.Channels)..], tilesOfRow, layout);
            }

            WinogradProduct.Multiply(memory.Tiles, weights, memory.Products, count * tilesOfRow, layout);
            for (int index = 0; index < count; index++)
            {
                Span<T> pixels = convolved.Values.Slice((first + index) * valuesOfRow, valuesOfRow);
                WinogradOutput.Write(memory.Products, index * tilesOfRow, pixels, images.Width, layout);

                // While they are in the first-level cache.
                moments.Add<T>(pixels);
            }
        }
    }
}

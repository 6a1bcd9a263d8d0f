using RankNas.Graphs.Operations;
using RankNas.Kernels.Execution;

namespace RankNas.Kernels.Convolutions;

/// <summary>An image in float32 with its padding around it, so that every window lies within, <c>[row, column, channel]</c>.</summary>
internal sealed class PaddedImage : IDisposable
{
    private readonly Scratch<float> _memory;
    private readonly int _top;
    private readonly int _left;
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly int _allChannels;

    /// <summary>Initializes an image of zeros.</summary>
    /// <param name="operation">The convolution, which says how much padding there is.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="allChannels">Its channels.</param>
    /// <param name="channels">How many of them are taken.</param>
    /// <param name="pixel">The distance between pixels, at least as many.</param>
    /// <param name="columnsBeyond">How many more columns may be read after the last row.</param>
    public PaddedImage(ConvolutionOperation operation, int height, int width, int allChannels, int channels, int pixel, int columnsBeyond)
    {
        (_top, _left, _height, _width, _allChannels, _channels, Pixel) = (operation.Padding.Height, operation.Padding.Width, height, width, allChannels, channels, pixel);
        Row = (width + (2 * _left)) * pixel;
        _memory = new Scratch<float>(((height + (2 * _top)) * Row) + ((columnsBeyond + 1) * pixel) + RowProduct.Lanes);
    }

    /// <summary>Gets the distance between pixels.</summary>
    public int Pixel { get; }

    /// <summary>Gets the distance between rows.</summary>
    public int Row { get; }

    /// <summary>Gets all values.</summary>
    public Span<float> Values => _memory.Values;

    /// <summary>Reads an image.</summary>
    /// <param name="image">Its values <c>[H, W, C]</c>.</param>
    /// <param name="firstChannel">The first channel that is taken.</param>
    /// <param name="clamp">The range that it is brought into; the padding stays 0.</param>
    public void Read<T>(ReadOnlySpan<T> image, int firstChannel, Clamp clamp)
        where T : unmanaged, IPixelValue<T>
    {
        for (int y = 0; y < _height; y++)
        {
            ReadOnlySpan<T> source = image.Slice(y * _width * _allChannels, _width * _allChannels);
            Span<float> target = Values.Slice(((y + _top) * Row) + (_left * Pixel), _width * Pixel);
            if (Pixel == _allChannels)
            {
                PixelRows.Read(source, target, clamp);
                continue;
            }

            for (int x = 0; x < _width; x++)
            {
                PixelRows.Read(source.Slice((x * _allChannels) + firstChannel, _channels), target[(x * Pixel)..], clamp);
            }
        }
    }

    /// <summary>Reads an image whose pixels are as far apart as here.</summary>
    /// <param name="image">Its values <c>[H, W, C]</c>, all channels.</param>
    /// <param name="reading">How.</param>
    /// <param name="offset">Where the first lies among those of the batch.</param>
    public void Read<T>(ReadOnlySpan<T> image, PixelReading reading, int offset)
        where T : unmanaged, IPixelValue<T>
    {
        int length = _width * Pixel;
        for (int y = 0; y < _height; y++)
        {
            reading.Read(image.Slice(y * length, length), Values.Slice(((y + _top) * Row) + (_left * Pixel), length), offset + (y * length));
        }
    }

    /// <summary>Gets where each pixel of the image lies, and more until there are whole rows of products; they lie behind all that is read.</summary>
    /// <param name="multiple">How many of them make a whole.</param>
    public int[] Places(int multiple)
    {
        int pixels = _height * _width;
        int beyond = Values.Length - Pixel;
        return [.. Enumerable.Range(0, (pixels + multiple - 1) / multiple * multiple)
            .Select(pixel => pixel < pixels ? (((pixel / _width) + _top) * Row) + (((pixel % _width) + _left) * Pixel) : beyond)];
    }

    public void Dispose() => _memory.Dispose();
}

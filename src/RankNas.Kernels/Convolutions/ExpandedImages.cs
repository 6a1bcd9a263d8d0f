using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels.Convolutions;

/// <summary>Images that a 1×1 convolution widens as they are read.</summary>
/// <param name="expansion">How.</param>
/// <param name="matrix">The weights <c>[group, C, lane]</c>.</param>
/// <param name="shift">What is added, filled up to whole vectors.</param>
/// <param name="padded">Where they go.</param>
internal sealed class ExpandedImages(Expansion expansion, Scratch<float> matrix, Scratch<float> shift, PaddedImage padded) : IImageReader
{
    private readonly Scratch<float> _rows = new(RowsOf(expansion.Images) * expansion.Images.Channels);
    private readonly int[] _places = padded.Places(RowProduct.Rows);

    // Where nobody asks, or there are more than the image's.
    private readonly ushort[] _signs = new ushort[RowsOf(expansion.Images)];

    public PaddedImage Image => padded;

    // By planes of sixteen channels: what a window sees of one stays in the first-level cache.
    public int Read(int image, int group)
    {
        PixelMemory<Float32Value> images = expansion.Images;
        if (group == 0)
        {
            expansion.Read.Read<Float32Value>(images.ValuesOf(image), _rows.Values, offset: 0);
        }

        int pixels = images.Height * images.Width, groups = expansion.Groups;
        Span<ushort> noted = expansion.Reading.Signs is { } signs ? MemoryMarshal.Cast<ulong, ushort>(signs.Words.Slice(image * signs.WordsOfImage, signs.WordsOfImage)) : [];
        Debug.Assert(noted.IsEmpty || noted.Length >= pixels * groups, "There is room for the signs.");
        ReadOnlySpan<float> weights = matrix.Values.Slice(group * images.Channels * RowProduct.Lanes, images.Channels * RowProduct.Lanes);
        Span<ushort> own = noted.IsEmpty || pixels < _places.Length ? _signs : noted.Slice(group * pixels, pixels);
        ExpandProduct.Multiply(
            _rows.Values, weights, images.Channels, Vector512.Create(shift.Values[(group * RowProduct.Lanes)..]), expansion.Reading.Clamp, padded.Values, _places, own);
        if (!noted.IsEmpty && pixels < _places.Length)
        {
            _signs.AsSpan(0, pixels).CopyTo(noted[(group * pixels)..]);
        }

        return 0;
    }

    private static int RowsOf(PixelMemory<Float32Value> images) => ((images.Height * images.Width) + RowProduct.Rows - 1) / RowProduct.Rows * RowProduct.Rows;

    public void Dispose()
    {
        _rows.Dispose();
        padded.Dispose();
    }
}

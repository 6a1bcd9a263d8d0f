using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RankNas.Kernels;

/// <summary>Images that a 1×1 convolution widens as they are read.</summary>
/// <param name="expansion">How.</param>
/// <param name="matrix">The weights <c>[group, C, lane]</c>.</param>
/// <param name="shift">What is added, filled up to whole vectors.</param>
/// <param name="padded">Where they go.</param>
internal sealed class ExpandedImages(Expansion expansion, Scratch<float> matrix, Scratch<float> shift, PaddedImage padded) : IImageReader
{
    private readonly Scratch<float> _rows = new(RowsOf(expansion.Images) * expansion.Images.Channels);
    private readonly int[] _places = padded.Places(RowProduct.Rows);

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
        Span<ushort> unused = stackalloc ushort[RowProduct.Rows];
        ReadOnlySpan<float> weights = matrix.Values.Slice(group * images.Channels * RowProduct.Lanes, images.Channels * RowProduct.Lanes);
        Vector512<float> added = Vector512.Create(shift.Values[(group * RowProduct.Lanes)..]);
        for (int first = 0; first < pixels; first += RowProduct.Rows)
        {
            int count = Math.Min(RowProduct.Rows, pixels - first);
            bool isWhole = count == RowProduct.Rows && !noted.IsEmpty;
            Span<ushort> own = isWhole ? noted[((group * pixels) + first)..] : unused;
            ExpandProduct.Multiply(
                _rows.Values[(first * images.Channels)..], weights, images.Channels, added, expansion.Reading.Clamp, padded.Values, _places.AsSpan(first, RowProduct.Rows), own);
            if (!isWhole && !noted.IsEmpty)
            {
                unused[..count].CopyTo(noted[((group * pixels) + first)..]);
            }
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

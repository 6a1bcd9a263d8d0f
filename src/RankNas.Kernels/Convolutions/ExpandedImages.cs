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
    private readonly Scratch<float> _rows = new(RowProduct.Rows * expansion.Images.Channels);
    private readonly int[] _places = padded.Places(RowProduct.Rows);

    public PaddedImage Image => padded;

    public void Read(int image)
    {
        PixelMemory<Float32Value> images = expansion.Images;
        int pixels = images.Height * images.Width, groups = expansion.Groups;
        Span<ushort> noted = expansion.Reading.Signs is { } signs ? MemoryMarshal.Cast<ulong, ushort>(signs.Words.Slice(image * signs.WordsOfImage, signs.WordsOfImage)) : [];
        Debug.Assert(noted.IsEmpty || noted.Length >= pixels * groups, "There is room for the signs.");
        Span<ushort> unused = stackalloc ushort[RowProduct.Rows];
        ReadOnlySpan<Float32Value> source = images.ValuesOf(image);
        for (int first = 0; first < pixels; first += RowProduct.Rows)
        {
            int count = Math.Min(RowProduct.Rows, pixels - first);
            expansion.Read.Read(source.Slice(first * images.Channels, count * images.Channels), _rows.Values, offset: 0);
            for (int group = 0; group < groups; group++)
            {
                bool isWhole = count == RowProduct.Rows && !noted.IsEmpty;
                Span<ushort> own = isWhole ? noted[((first * groups) + group)..] : unused;
                ExpandProduct.Multiply(
                    _rows.Values, matrix.Values[(group * images.Channels * RowProduct.Lanes)..], images.Channels, Vector512.Create(shift.Values[(group * RowProduct.Lanes)..]),
                    expansion.Reading.Clamp, padded.Values[(group * RowProduct.Lanes)..], _places.AsSpan(first, RowProduct.Rows), own, isWhole ? groups : 1);
                for (int pixel = 0; pixel < count && !isWhole && !noted.IsEmpty; pixel++)
                {
                    noted[((first + pixel) * groups) + group] = unused[pixel];
                }
            }
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        padded.Dispose();
    }
}

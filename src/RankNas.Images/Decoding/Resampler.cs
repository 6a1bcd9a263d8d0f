using System.Buffers;

namespace RankNas.Images.Decoding;

/// <summary>Resizes 8-bit pictures: rows first, then columns, rounded to bytes in between.</summary>
internal static class Resampler
{
    /// <summary>How many bytes a pixel of the input takes, whatever the number of channels.</summary>
    public const int Stride = 4;

    /// <summary>Scales a part of a picture into its place of the result.</summary>
    /// <param name="picture">Pixels <c>[H, W, 4]</c>, of which the first channels count.</param>
    /// <param name="size">The picture's height and width.</param>
    /// <param name="placement">Which part goes where.</param>
    /// <param name="channels">How many channels count.</param>
    /// <param name="result">Pixels <c>[H, W, C]</c>.</param>
    /// <param name="resultWidth">The result's width.</param>
    public static void Resize(ReadOnlySpan<byte> picture, Size2D size, Placement placement, int channels, Span<byte> result, int resultWidth)
    {
        var columns = new LineFilter(size.Width, placement.Left, placement.Right, placement.Width);
        var rows = new LineFilter(size.Height, placement.Top, placement.Bottom, placement.Height);
        int first = rows.IsIdentity ? 0 : rows.First, end = rows.IsIdentity ? size.Height : rows.End;
        int line = placement.Width * channels;
        byte[] narrow = ArrayPool<byte>.Shared.Rent((end - first) * line);
        try
        {
            for (int row = first; row < end; row++)
            {
                ReadOnlySpan<byte> input = picture.Slice(row * size.Width * Stride, size.Width * Stride);
                Span<byte> output = narrow.AsSpan((row - first) * line, line);
                if (columns.IsIdentity)
                {
                    Pack(input, output, channels);
                }
                else if (channels == 3)
                {
                    NarrowColor(input, output, columns);
                }
                else
                {
                    NarrowGrey(input, output, columns);
                }
            }

            for (int row = 0; row < placement.Height; row++)
            {
                Span<byte> output = result.Slice(((placement.Y + row) * resultWidth + placement.X) * channels, line);
                if (rows.IsIdentity)
                {
                    narrow.AsSpan(row * line, line).CopyTo(output);
                }
                else
                {
                    Combine(narrow.AsSpan((rows.FirstOf(row) - first) * line), output, rows.WeightsOf(row));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(narrow);
        }
    }

    private static void Pack(ReadOnlySpan<byte> input, Span<byte> output, int channels)
    {
        for (int pixel = 0; pixel * channels < output.Length; pixel++)
        {
            input.Slice(pixel * Stride, channels).CopyTo(output[(pixel * channels)..]);
        }
    }

    private static void NarrowColor(ReadOnlySpan<byte> input, Span<byte> output, LineFilter filter)
    {
        for (int column = 0; column < filter.Outputs; column++)
        {
            ReadOnlySpan<int> weights = filter.WeightsOf(column);
            ReadOnlySpan<byte> pixels = input.Slice(filter.FirstOf(column) * Stride, weights.Length * Stride);
            (int red, int green, int blue) = (0, 0, 0);
            for (int index = 0; index < weights.Length; index++)
            {
                int weight = weights[index];
                int pixel = index * Stride;
                red += weight * pixels[pixel];
                green += weight * pixels[pixel + 1];
                blue += weight * pixels[pixel + 2];
            }

            output[column * 3] = LineFilter.Round(red);
            output[column * 3 + 1] = LineFilter.Round(green);
            output[column * 3 + 2] = LineFilter.Round(blue);
        }
    }

    private static void NarrowGrey(ReadOnlySpan<byte> input, Span<byte> output, LineFilter filter)
    {
        for (int column = 0; column < filter.Outputs; column++)
        {
            ReadOnlySpan<int> weights = filter.WeightsOf(column);
            int first = filter.FirstOf(column);
            int sum = 0;
            for (int index = 0; index < weights.Length; index++)
            {
                sum += weights[index] * input[(first + index) * Stride];
            }

            output[column] = LineFilter.Round(sum);
        }
    }

    private static void Combine(ReadOnlySpan<byte> lines, Span<byte> output, ReadOnlySpan<int> weights)
    {
        for (int value = 0; value < output.Length; value++)
        {
            int sum = 0;
            for (int index = 0; index < weights.Length; index++)
            {
                sum += weights[index] * lines[index * output.Length + value];
            }

            output[value] = LineFilter.Round(sum);
        }
    }
}

using System.Numerics;

namespace RankNas;

/// <summary>The mean of each pixel's 3×3 neighbourhood, not counting what lies outside, for images that lie pixel by pixel.</summary>
/// <remarks>Rows first, then columns: six additions a value where libtorch makes nine.</remarks>
internal static class NeighborhoodMeanKernel
{
    public static void Apply(PixelMemory images, Span<float> means)
    {
        int row = images.Width * images.Channels;
        float[] columns = new float[row];
        for (int image = 0; image < images.Images; image++)
        {
            ReadOnlySpan<float> source = images.Values.Slice(image * images.Height * row, images.Height * row);
            Span<float> target = means.Slice(image * images.Height * row, images.Height * row);
            for (int y = 0; y < images.Height; y++)
            {
                int rows = AddRows(source, row, y, images.Height, columns);
                MeanOfColumns(columns, images.Channels, rows, target.Slice(y * row, row));
            }
        }
    }

    private static int AddRows(ReadOnlySpan<float> image, int row, int y, int height, Span<float> columns)
    {
        ReadOnlySpan<float> middle = image.Slice(y * row, row);
        bool hasAbove = y > 0;
        bool hasBelow = y < height - 1;
        if (hasAbove && hasBelow)
        {
            Add(image.Slice((y - 1) * row, row), middle, image.Slice((y + 1) * row, row), columns);
        }
        else if (hasAbove || hasBelow)
        {
            Add(middle, image.Slice((hasAbove ? y - 1 : y + 1) * row, row), columns);
        }
        else
        {
            middle.CopyTo(columns);
        }

        return 1 + (hasAbove ? 1 : 0) + (hasBelow ? 1 : 0);
    }

    private static void MeanOfColumns(ReadOnlySpan<float> columns, int channels, int rows, Span<float> means)
    {
        int width = columns.Length / channels;
        if (width == 1)
        {
            Scale(columns, columns[..0], 1f / rows, means);
            return;
        }

        Scale(columns[..channels], columns.Slice(channels, channels), 1f / (2 * rows), means[..channels]);
        if (width > 2)
        {
            Scale(columns[..^(2 * channels)], columns[channels..^channels], columns[(2 * channels)..], 1f / (3 * rows), means[channels..^channels]);
        }

        Scale(columns[^(2 * channels)..^channels], columns[^channels..], 1f / (2 * rows), means[^channels..]);
    }

    private static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums)
    {
        int index = 0;
        for (; index <= sums.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            (new Vector<float>(a[index..]) + new Vector<float>(b[index..])).CopyTo(sums[index..]);
        }

        for (; index < sums.Length; index++)
        {
            sums[index] = a[index] + b[index];
        }
    }

    private static void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> sums)
    {
        int index = 0;
        for (; index <= sums.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            (new Vector<float>(a[index..]) + new Vector<float>(b[index..]) + new Vector<float>(c[index..])).CopyTo(sums[index..]);
        }

        for (; index < sums.Length; index++)
        {
            sums[index] = a[index] + b[index] + c[index];
        }
    }

    private static void Scale(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float factor, Span<float> means)
    {
        for (int index = 0; index < means.Length; index++)
        {
            means[index] = (a[index] + (b.IsEmpty ? 0 : b[index])) * factor;
        }
    }

    private static void Scale(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, float factor, Span<float> means)
    {
        var factors = new Vector<float>(factor);
        int index = 0;
        for (; index <= means.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            ((new Vector<float>(a[index..]) + new Vector<float>(b[index..]) + new Vector<float>(c[index..])) * factors).CopyTo(means[index..]);
        }

        for (; index < means.Length; index++)
        {
            means[index] = (a[index] + b[index] + c[index]) * factor;
        }
    }
}

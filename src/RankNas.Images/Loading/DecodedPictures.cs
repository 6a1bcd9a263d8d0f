namespace RankNas.Images.Loading;

/// <summary>The pixels of the pictures that could be read, and what was found on the way.</summary>
internal sealed record DecodedPictures
{
    /// <summary>Gets the pixels, <c>[N, H, W, C]</c>.</summary>
    public required ReadOnlyMemory<byte> Pixels { get; init; }

    /// <summary>Gets the height and width.</summary>
    public required Size2D Size { get; init; }

    /// <summary>Gets the number of channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Gets the places in the listing of the pictures that were read.</summary>
    public required ImmutableArray<int> Kept { get; init; }

    /// <summary>Gets those that could not be read.</summary>
    public required ImmutableArray<PictureFailure> Failures { get; init; }

    /// <summary>Gets the size of the picture with the fewest pixels.</summary>
    public required Size2D Smallest { get; init; }

    /// <summary>Gets the median height and the median width.</summary>
    public required Size2D Median { get; init; }

    /// <summary>Gets the size of the picture with the most pixels.</summary>
    public required Size2D Largest { get; init; }

    /// <summary>Closes the gaps that unreadable pictures leave.</summary>
    /// <param name="pixels">The pixels of all pictures, <c>[N, H, W, C]</c>; changed.</param>
    /// <param name="size">The height and width.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="sizes">The pictures' own sizes.</param>
    /// <param name="failures">Why a picture was not read; null where it was.</param>
    public static DecodedPictures Of(byte[] pixels, Size2D size, int channels, Size2D[] sizes, string?[] failures)
    {
        int bytes = size.Height * size.Width * channels;
        int[] kept = [.. Enumerable.Range(0, sizes.Length).Where(index => failures[index] is null)];
        foreach ((int place, int index) in kept.Index())
        {
            if (place != index)
            {
                pixels.AsSpan(index * bytes, bytes).CopyTo(pixels.AsSpan(place * bytes));
            }
        }

        Size2D[] bySize = [.. kept.Select(index => sizes[index]).OrderBy(own => (long)own.Height * own.Width)];
        return new DecodedPictures
        {
            Pixels = pixels.AsMemory(0, kept.Length * bytes),
            Size = size,
            Channels = channels,
            Kept = [.. kept],
            Failures = [.. failures.Index().Where(failure => failure.Item is not null).Select(failure => new PictureFailure(failure.Index, failure.Item!))],
            Smallest = bySize[0],
            Median = new Size2D(MedianOf(bySize.Select(own => own.Height)), MedianOf(bySize.Select(own => own.Width))),
            Largest = bySize[^1],
        };
    }

    private static int MedianOf(IEnumerable<int> values)
    {
        int[] ordered = [.. values.Order()];
        return ordered[(ordered.Length - 1) / 2];
    }
}

using RankNas.Images.Decoding;

namespace RankNas.Images;

/// <summary>Reads single pictures for prediction, in the same way as those that a network was trained on.</summary>
public static class PictureReader
{
    /// <summary>Reads a picture for a network.</summary>
    /// <param name="path">The picture's file.</param>
    /// <param name="shape">The network's shape: size and channels are taken from it, not from the options.</param>
    /// <param name="options">The options of training; the defaults where null.</param>
    /// <returns>Pixels <c>[H, W, C]</c>, from 0 to 255: <see cref="LabelledImages.Normalize"/> normalises them.</returns>
    /// <exception cref="ArgumentException">The shape is not that of pictures.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no picture that can be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path, NetworkShape shape, PictureOptions? options = null)
    {
        using FileStream file = InputFile.Open(path, "a picture", PictureDecoder.MostFileBytes);
        return Read(file, $"'{ShownText.Of(path, ShownText.LineLength)}'", Wanted(shape, options));
    }

    /// <summary>Reads a picture from a stream, such as that of an upload.</summary>
    /// <param name="stream">The picture's file, of at most 512 MB. It is read to its end, and not closed.</param>
    /// <param name="shape">The network's shape: size and channels are taken from it, not from the options.</param>
    /// <param name="options">The options of training; the defaults where null.</param>
    /// <inheritdoc cref="Read(string, NetworkShape, PictureOptions?)" path="/returns"/>
    /// <exception cref="ArgumentException">The shape is not that of pictures.</exception>
    /// <exception cref="InvalidDataException">It is no picture that can be read.</exception>
    public static byte[] Read(Stream stream, NetworkShape shape, PictureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, "The picture", Wanted(shape, options));
    }

    private static byte[] Read(Stream stream, string name, PictureOptions options)
    {
        Size2D size = options.Size ?? throw new InvalidOperationException("The size is set before.");
        byte[] pixels = new byte[checked(size.Height * size.Width * options.Channels)];
        try
        {
            new PictureDecoder(options).Decode(ReadAll(stream), size, pixels, CancellationToken.None);
            return pixels;
        }
        catch (UnreadablePictureException exception)
        {
            throw new InvalidDataException($"{name} cannot be read: {exception.Message}.", exception);
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is var read and > 0)
        {
            if (content.Length + read > PictureDecoder.MostFileBytes)
            {
                throw new UnreadablePictureException(string.Create(CultureInfo.InvariantCulture, $"it has more than {PictureDecoder.MostFileBytes:N0} bytes"));
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static PictureOptions Wanted(NetworkShape shape, PictureOptions? options)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape is { Rank: 3, Channels: 1 or 3 }
            ? (options ?? new PictureOptions()) with { Size = (shape.Height, shape.Width), Channels = shape.Channels }
            : throw new ArgumentException($"The shape is {shape.InputText}: pictures have 1 or 3 channels, a height and a width.", nameof(shape));
    }
}

using System.Runtime.InteropServices;
using SkiaSharp;

namespace RankNas.Images.Decoding;

/// <summary>Decodes a picture into pixels of the wanted size.</summary>
internal sealed class PictureDecoder
{
    /// <summary>A file of a picture may have so many bytes.</summary>
    public const int MostFileBytes = 512 << 20;

    // JPEG is decoded at no less than this many times the wanted size, where the filter does the rest.
    private const double Spare = 2;
    private const int ScalesOfJpeg = 8;
    private const long BytesOfABudget = 512L << 20;

    private readonly PictureOptions _options;
    private readonly MemoryBudget _budget = new(BytesOfABudget);

    public PictureDecoder(PictureOptions options) => _options = options;

    /// <summary>Gets the height and width of a picture, turned upright, by the first bytes of its file.</summary>
    /// <returns>The size; null where these bytes do not tell.</returns>
    public static Size2D? Measure(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return null;
        }

        using SKData data = SKData.CreateCopy(head);
        using SKCodec? codec = SKCodec.Create(data);
        return codec is null ? null : Pixels.Upright(new Size2D(codec.Info.Height, codec.Info.Width), codec.EncodedOrigin);
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="file">The bytes of its file.</param>
    /// <param name="size">The wanted size.</param>
    /// <param name="pixels">To be filled, <c>[H, W, C]</c>.</param>
    /// <param name="cancellationToken">Cancels waiting for memory.</param>
    /// <returns>The picture's own height and width, turned upright.</returns>
    /// <exception cref="UnreadablePictureException">It cannot be read.</exception>
    public Size2D Decode(ReadOnlySpan<byte> file, Size2D size, Span<byte> pixels, CancellationToken cancellationToken)
    {
        if (file.IsEmpty)
        {
            throw new UnreadablePictureException("it is empty, 0 bytes");
        }

        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data) ?? throw new UnreadablePictureException(PictureFormats.Explain(file));
        var stored = new Size2D(codec.Info.Height, codec.Info.Width);
        long count = (long)stored.Height * stored.Width;
        if (count > _options.MaxPixels)
        {
            throw new UnreadablePictureException(string.Create(
                CultureInfo.InvariantCulture, $"it has {stored} pixels, {count / 1e6:N0} megapixels, and {_options.MaxPixels / 1e6:0.######} are the most (MaxPixels)"));
        }

        SKEncodedOrigin origin = codec.EncodedOrigin;
        Size2D upright = Pixels.Upright(stored, origin);
        Placement placement = Placement.Of(upright, size, _options.Resize);
        (Size2D decoded, double scale) = DecodedSize(codec, stored, placement.Scale);
        long memory = MemoryOf(codec, count, (long)decoded.Height * decoded.Width, origin);
        _budget.Take(memory, cancellationToken);
        try
        {
            Fill(codec, decoded, origin, placement.At(scale, Pixels.Upright(decoded, origin)), size, pixels);
        }
        finally
        {
            _budget.Return(memory);
        }

        return upright;
    }

    private void Fill(SKCodec codec, Size2D decoded, SKEncodedOrigin origin, Placement placement, Size2D size, Span<byte> pixels)
    {
        byte[] picture = GetPixels(codec, decoded);
        if (codec.Info.AlphaType != SKAlphaType.Opaque)
        {
            Pixels.Compose(picture, _options.Background);
        }

        if (_options.Channels == 1)
        {
            Pixels.ToGrey(picture);
        }

        if (origin != SKEncodedOrigin.TopLeft)
        {
            picture = Pixels.Turn(picture, decoded, origin);
        }

        if (placement.Width < size.Width || placement.Height < size.Height)
        {
            FillBackground(pixels);
        }

        Resampler.Resize(picture, Pixels.Upright(decoded, origin), placement, _options.Channels, pixels, size.Width);
    }

    private void FillBackground(Span<byte> pixels)
    {
        PictureColor color = _options.Background;
        if (_options.Channels == 1)
        {
            pixels.Fill(Pixels.GreyOf(color.Red, color.Green, color.Blue));
            return;
        }

        for (int pixel = 0; pixel < pixels.Length; pixel += 3)
        {
            (pixels[pixel], pixels[pixel + 1], pixels[pixel + 2]) = (color.Red, color.Green, color.Blue);
        }
    }

    // Without a colour space of the wanted pixels, Skia leaves those of the file as they are, as Pillow does.
    private static byte[] GetPixels(SKCodec codec, Size2D decoded)
    {
        var info = new SKImageInfo(
            decoded.Width, decoded.Height, SKColorType.Rgba8888, codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        byte[] picture = GC.AllocateUninitializedArray<byte>(checked(decoded.Height * decoded.Width * Resampler.Stride));
        var pinned = GCHandle.Alloc(picture, GCHandleType.Pinned);
        try
        {
            SKCodecResult result = codec.GetPixels(info, pinned.AddrOfPinnedObject(), info.RowBytes, SKCodecOptions.Default);
            return result switch
            {
                SKCodecResult.Success => picture,
                SKCodecResult.IncompleteInput => throw new UnreadablePictureException("it is cut off"),
                SKCodecResult.ErrorInInput => throw new UnreadablePictureException("it is damaged"),
                SKCodecResult.InvalidInput => throw new UnreadablePictureException("it is damaged or cut off"),
                _ => throw new UnreadablePictureException($"it cannot be decoded ({result})"),
            };
        }
        finally
        {
            pinned.Free();
        }
    }

    private static (Size2D Size, double Scale) DecodedSize(SKCodec codec, Size2D stored, double wanted)
    {
        int eighths = Math.Clamp((int)Math.Ceiling(wanted * Spare * ScalesOfJpeg), 1, ScalesOfJpeg);
        if (eighths == ScalesOfJpeg || codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
        {
            return (stored, 1);
        }

        SKSizeI scaled = codec.GetScaledDimensions((float)eighths / ScalesOfJpeg);
        return (new Size2D(scaled.Height, scaled.Width), (double)eighths / ScalesOfJpeg);
    }

    // Progressive JPEG holds all its coefficients, two bytes each and half as many again for the colours.
    private static long MemoryOf(SKCodec codec, long stored, long decoded, SKEncodedOrigin origin) =>
        decoded * Resampler.Stride * (origin == SKEncodedOrigin.TopLeft ? 1 : 2) + (codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? stored * 3 : 0);
}

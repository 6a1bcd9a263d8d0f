namespace RankNas.Training.Augmentations;

/// <summary>Changes one image at random.</summary>
internal sealed class ImageAugmenter
{
    private const int ErasingTries = 10;
    private readonly AugmentationOptions _options;
    private readonly ImageSize _size;
    private readonly byte[] _fill;
    private readonly int _padding;

    public ImageAugmenter(AugmentationOptions options, NetworkShape shape, ImageNormalization normalization)
    {
        _options = options;
        _size = ImageSize.Of(shape);
        _padding = options.CropPadding ?? Math.Min(shape.Height, shape.Width) / 8;
        _fill = [.. normalization.Mean.Select(mean => (byte)Math.Clamp(Math.Round(255 * mean), 0, 255))];
    }

    /// <summary>Gets the size of the images.</summary>
    public ImageSize Size => _size;

    /// <summary>Changes an image.</summary>
    /// <param name="image">The image, <c>[H, W, C]</c>.</param>
    /// <param name="changed">To be filled with the changed one.</param>
    /// <param name="scratch">As long.</param>
    /// <param name="random">Where chance comes from: the image's own.</param>
    public void Apply(ReadOnlySpan<byte> image, Span<byte> changed, Span<byte> scratch, ref ImageRandom random)
    {
        int down = _padding > 0 ? random.Next(2 * _padding + 1) - _padding : 0;
        int right = _padding > 0 ? random.Next(2 * _padding + 1) - _padding : 0;
        bool isMirrored = _options.FlipHorizontally && random.NextBool();
        if ((down, right, isMirrored) == (0, 0, false))
        {
            image.CopyTo(changed);
        }
        else
        {
            Geometry.Crop(image, changed, _size, down, right, isMirrored, _fill);
        }

        for (int operation = 0; operation < _options.RandAugmentOperations; operation++)
        {
            int drawn = random.Next(RandAugment.Operations);
            RandAugment.Apply(drawn, _options.RandAugmentMagnitude, random.NextBool(), changed, scratch, _size, _fill);
        }

        Jitter(changed, ref random);
        if (_options.ErasingProbability > 0 && random.NextDouble() < _options.ErasingProbability)
        {
            Erase(changed, ref random);
        }
    }

    private void Jitter(Span<byte> pixels, ref ImageRandom random)
    {
        if (_options.Brightness > 0)
        {
            ColorOperations.Brightness(pixels, random.NextDouble(1 - _options.Brightness, 1 + _options.Brightness));
        }

        if (_options.Contrast > 0)
        {
            ColorOperations.Contrast(pixels, _size, random.NextDouble(1 - _options.Contrast, 1 + _options.Contrast));
        }

        if (_options.Saturation > 0)
        {
            ColorOperations.Saturation(pixels, _size, random.NextDouble(1 - _options.Saturation, 1 + _options.Saturation));
        }
    }

    private void Erase(Span<byte> pixels, ref ImageRandom random)
    {
        for (int attempt = 0; attempt < ErasingTries; attempt++)
        {
            double area = random.NextDouble(0.02, 0.33) * _size.Height * _size.Width;
            double ratio = Math.Exp(random.NextDouble(Math.Log(0.3), Math.Log(3.3)));
            int height = (int)Math.Round(Math.Sqrt(area * ratio)), width = (int)Math.Round(Math.Sqrt(area / ratio));
            if (height < _size.Height && width < _size.Width)
            {
                Geometry.Fill(pixels, _size, new Box(random.Next(_size.Height - height + 1), random.Next(_size.Width - width + 1), height, width), _fill);
                return;
            }
        }
    }
}

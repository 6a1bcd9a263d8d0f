namespace RankNas.Training.Augmentations;

/// <summary>RandAugment's operations, with the strengths of Cubuk et al. (2020) for magnitudes from 0 to 30.</summary>
internal static class RandAugment
{
    /// <summary>How many operations there are.</summary>
    public const int Operations = 14;

    private const double Strongest = 30;

    /// <summary>Changes an image by one operation.</summary>
    /// <param name="operation">Which, from 0 to <see cref="Operations"/> - 1.</param>
    /// <param name="magnitude">From 0 to 30.</param>
    /// <param name="isNegative">Whether it shears, moves and turns the other way, or weakens in place of strengthening.</param>
    /// <param name="pixels">The image, changed.</param>
    /// <param name="scratch">As long as the image.</param>
    /// <param name="size">Their size.</param>
    /// <param name="fill">The colour of what comes in from outside.</param>
    public static void Apply(int operation, int magnitude, bool isNegative, Span<byte> pixels, Span<byte> scratch, ImageSize size, ReadOnlySpan<byte> fill)
    {
        double strength = (isNegative ? -1 : 1) * magnitude / Strongest;
        switch (operation)
        {
            case 0:
                break;
            case 1:
                Map(AffineMap.Shear(0.3 * strength, 0), pixels, scratch, size, fill);
                break;
            case 2:
                Map(AffineMap.Shear(0, 0.3 * strength), pixels, scratch, size, fill);
                break;
            case 3:
                // At most 150 of ImageNet's 331 pixels.
                Map(AffineMap.Shift(150d / 331 * size.Width * strength, 0), pixels, scratch, size, fill);
                break;
            case 4:
                Map(AffineMap.Shift(0, 150d / 331 * size.Height * strength), pixels, scratch, size, fill);
                break;
            case 5:
                Map(AffineMap.Rotation(30 * strength), pixels, scratch, size, fill);
                break;
            case 6:
                ColorOperations.Brightness(pixels, 1 + 0.9 * strength);
                break;
            case 7:
                ColorOperations.Saturation(pixels, size, 1 + 0.9 * strength);
                break;
            case 8:
                ColorOperations.Contrast(pixels, size, 1 + 0.9 * strength);
                break;
            case 9:
                ColorOperations.Sharpness(pixels, scratch, size, 1 + 0.9 * strength);
                break;
            case 10:
                ColorOperations.Posterize(pixels, 8 - (int)Math.Round(4 * magnitude / Strongest));
                break;
            case 11:
                ColorOperations.Solarize(pixels, (int)Math.Round(255 - 255 * magnitude / Strongest));
                break;
            case 12:
                ColorOperations.AutoContrast(pixels, size);
                break;
            default:
                ColorOperations.Equalize(pixels, size);
                break;
        }
    }

    private static void Map(AffineMap map, Span<byte> pixels, Span<byte> scratch, ImageSize size, ReadOnlySpan<byte> fill)
    {
        pixels.CopyTo(scratch);
        Geometry.Map(scratch, pixels, size, map, fill);
    }
}

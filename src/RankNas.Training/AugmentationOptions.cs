namespace RankNas.Training;

/// <summary>How training images are changed at random. Every default is a common choice for small photographs.</summary>
/// <remarks>
/// Pixels are changed as bytes and then normalised; what comes in from outside an image has the mean colour. The order: crop, flip, RandAugment, colour
/// jitter, erasing, mixing. What happens to an image depends only on seed, epoch and image, and for mixing on the batch.
/// </remarks>
public sealed record AugmentationOptions
{
    /// <summary>Gets no augmentation at all.</summary>
    public static AugmentationOptions None { get; } = new() { CropPadding = 0, FlipHorizontally = false };

    /// <summary>Gets how many pixels of padding there are on every side, from which a random crop of the old size is taken; 0 for none.</summary>
    /// <value>Null: an eighth of the smaller side, which is 4 pixels for 32×32. Less than the smaller side.</value>
    public int? CropPadding { get; init; }

    /// <summary>Gets whether half of the images are mirrored. Switch it off for text, digits and traffic signs.</summary>
    /// <value>True.</value>
    public bool FlipHorizontally { get; init; } = true;

    /// <summary>Gets how much the brightness changes: pixels are multiplied by a factor from 1 - x to 1 + x.</summary>
    /// <value>0, which is off. From 0 to 1.</value>
    public double Brightness { get; init; }

    /// <summary>Gets how much the contrast changes: the distance to the mean grey is multiplied by a factor from 1 - x to 1 + x.</summary>
    /// <value>0, which is off. From 0 to 1.</value>
    public double Contrast { get; init; }

    /// <summary>Gets how much the saturation changes: the distance to each pixel's grey is multiplied by a factor from 1 - x to 1 + x. Only for three channels.</summary>
    /// <value>0, which is off. From 0 to 1.</value>
    public double Saturation { get; init; }

    /// <summary>Gets how many operations of RandAugment each image goes through (Cubuk et al., 2020); 2 is usual.</summary>
    /// <remarks>
    /// Each is drawn from 14: identity, shear and translation along either axis, rotation, brightness, colour, contrast, sharpness, posterise, solarise,
    /// auto-contrast and equalise. Geometry takes the nearest pixel.
    /// </remarks>
    /// <value>0, which is off. From 0 to 16.</value>
    public int RandAugmentOperations { get; init; }

    /// <summary>Gets how strong the operations of RandAugment are.</summary>
    /// <value>9. From 0 to 30; 30 shears by 0.3, rotates by 30°, and changes colours by up to 90 %.</value>
    public int RandAugmentMagnitude { get; init; } = 9;

    /// <summary>Gets the probability that a rectangle of 2 to 33 % of an image gets the mean colour (Zhong et al., 2020).</summary>
    /// <value>0, which is off. From 0 to 1.</value>
    public double ErasingProbability { get; init; }

    /// <summary>Gets the probability that an image is blended with another of the batch, classes included (Zhang et al., 2018).</summary>
    /// <value>0, which is off. With <see cref="CutMixProbability"/> at most 1.</value>
    public double MixupProbability { get; init; }

    /// <summary>Gets the α of mixup: the share of the image is drawn from Beta(α, α).</summary>
    /// <value>0.2. Greater than 0.</value>
    public double MixupAlpha { get; init; } = 0.2;

    /// <summary>Gets the probability that a rectangle of an image is replaced by that of another of the batch, classes by area (Yun et al., 2019).</summary>
    /// <value>0, which is off. With <see cref="MixupProbability"/> at most 1.</value>
    public double CutMixProbability { get; init; }

    /// <summary>Gets the α of CutMix: the share of the image is drawn from Beta(α, α).</summary>
    /// <value>1, which is the uniform distribution. Greater than 0.</value>
    public double CutMixAlpha { get; init; } = 1;
}

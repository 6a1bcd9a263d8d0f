using RankNas.Images;

namespace RankNas;

/// <summary>The images that the scores of a result were computed with.</summary>
/// <param name="Description">A description for people, including how the batch was drawn if it is not the first images.</param>
/// <param name="IsSynthetic">Whether they were generated.</param>
/// <param name="BatchSize">How many there were.</param>
/// <param name="Fingerprint">The hash of the images and labels used.</param>
public sealed record ImagesUsed(string Description, bool IsSynthetic, int BatchSize, string Fingerprint)
{
    /// <summary>Gets the images' shape, and the number of classes, that networks are for.</summary>
    public NetworkShape Shape { get; init; } = new();

    /// <summary>Gets how the images were normalised; null if unknown.</summary>
    public ImageNormalization? Normalization { get; init; }

    /// <summary>Describes a batch of images.</summary>
    /// <param name="images">Where they come from.</param>
    /// <param name="batchSize">How many there are.</param>
    /// <inheritdoc cref="ProbeImages.Take" path="/exception"/>
    public static ImagesUsed Of(ProbeImages images, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Of(images, batchSize, images.Fingerprint(batchSize));
    }

    /// <summary>Describes a batch whose fingerprint is known.</summary>
    internal static ImagesUsed Of(ProbeImages images, int batchSize, string fingerprint) =>
        new(images.Describe(batchSize), images.IsSynthetic, batchSize, fingerprint) { Shape = images.Shape, Normalization = images.Normalization };

    /// <summary>Describes a batch that was never read.</summary>
    internal static ImagesUsed NotRead(ProbeImages images, int batchSize) =>
        new(images.Description, images.IsSynthetic, batchSize, Fingerprint: "") { Shape = images.Shape, Normalization = images.Normalization };
}

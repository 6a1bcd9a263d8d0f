namespace RankNas.Tool.Output;

/// <summary>The images of a search as JSON has them.</summary>
internal sealed record ImagesReport(string Description, bool Synthetic, int Batch, string Fingerprint)
{
    public static ImagesReport Of(ImagesUsed images) => new(images.Description, images.IsSynthetic, images.BatchSize, images.Fingerprint);
}

namespace RankNas;

/// <summary>The images that a result rests on.</summary>
/// <param name="Description">What they are, for people.</param>
/// <param name="IsSynthetic">Whether they were made up, for want of real ones.</param>
/// <param name="BatchSize">How many there were.</param>
/// <param name="Fingerprint">The hash of the images and labels used.</param>
public sealed record ImagesUsed(string Description, bool IsSynthetic, int BatchSize, string Fingerprint);

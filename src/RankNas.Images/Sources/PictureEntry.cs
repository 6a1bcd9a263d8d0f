namespace RankNas.Images.Sources;

/// <summary>A picture to read.</summary>
/// <param name="File">Its file.</param>
/// <param name="Class">The name of its class.</param>
/// <param name="Part">What it is for.</param>
internal sealed record PictureEntry(FoundFile File, string Class, PicturePart Part = PicturePart.Training);

namespace RankNas.Images;

/// <summary>A picture that could not be read.</summary>
/// <param name="Path">Its path, relative to the folder, the list or the archive.</param>
/// <param name="Reason">Why, such as <c>it is cut off</c>.</param>
public sealed record SkippedPicture(string Path, string Reason);

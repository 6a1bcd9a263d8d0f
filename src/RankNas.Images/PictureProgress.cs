namespace RankNas.Images;

/// <summary>How far loading has come.</summary>
/// <param name="Done">The number of pictures that are read.</param>
/// <param name="Total">The number of pictures there are.</param>
public readonly record struct PictureProgress(int Done, int Total);

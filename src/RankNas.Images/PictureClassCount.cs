namespace RankNas.Images;

/// <summary>How many pictures a class has.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Pictures">The number of pictures that were read, in all parts together.</param>
public sealed record PictureClassCount(string Name, int Pictures);

namespace RankNas.Training.Augmentations;

/// <summary>The size of an image <c>[H, W, C]</c>.</summary>
internal readonly record struct ImageSize(int Height, int Width, int Channels)
{
    public int Values => Height * Width * Channels;

    public static ImageSize Of(NetworkShape shape) => new(shape.Height, shape.Width, shape.Channels);
}

namespace RankNas.Training.Augmentations;

/// <summary>A rectangle of an image.</summary>
internal readonly record struct Box(int Top, int Left, int Height, int Width)
{
    /// <summary>The rectangle of an area about a centre, cut off at the edges.</summary>
    public static Box About(int y, int x, double height, double width, ImageSize size)
    {
        int top = Math.Clamp((int)(y - height / 2), 0, size.Height), bottom = Math.Clamp((int)(y + height / 2), 0, size.Height);
        int left = Math.Clamp((int)(x - width / 2), 0, size.Width), right = Math.Clamp((int)(x + width / 2), 0, size.Width);
        return new Box(top, left, bottom - top, right - left);
    }
}

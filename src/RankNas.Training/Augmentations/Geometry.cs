namespace RankNas.Training.Augmentations;

/// <summary>Moves pixels, <c>[H, W, C]</c>; what comes in from outside has a given colour.</summary>
internal static class Geometry
{
    /// <summary>Shifts an image, mirrored or not.</summary>
    public static void Crop(ReadOnlySpan<byte> from, Span<byte> to, ImageSize size, int down, int right, bool isMirrored, ReadOnlySpan<byte> fill)
    {
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++)
            {
                int fromX = (isMirrored ? size.Width - 1 - x : x) + right;
                Copy(from, to, size, y + down, fromX, y, x, fill);
            }
        }
    }

    /// <summary>Maps an image by a matrix about its centre: the pixel at (x, y) comes from (a·x + b·y + dx, c·x + d·y + dy), the nearest one.</summary>
    public static void Map(ReadOnlySpan<byte> from, Span<byte> to, ImageSize size, AffineMap map, ReadOnlySpan<byte> fill)
    {
        double centreX = (size.Width - 1) / 2d, centreY = (size.Height - 1) / 2d;
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++)
            {
                double fromX = map.A * (x - centreX) + map.B * (y - centreY) + map.Dx + centreX;
                double fromY = map.C * (x - centreX) + map.D * (y - centreY) + map.Dy + centreY;
                Copy(from, to, size, (int)Math.Floor(fromY + 0.5), (int)Math.Floor(fromX + 0.5), y, x, fill);
            }
        }
    }

    /// <summary>Gives a rectangle a colour.</summary>
    public static void Fill(Span<byte> pixels, ImageSize size, Box box, ReadOnlySpan<byte> fill)
    {
        for (int y = box.Top; y < box.Top + box.Height; y++)
        {
            for (int x = box.Left; x < box.Left + box.Width; x++)
            {
                fill.CopyTo(pixels[((y * size.Width + x) * size.Channels)..]);
            }
        }
    }

    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to, ImageSize size, int fromY, int fromX, int y, int x, ReadOnlySpan<byte> fill)
    {
        bool isInside = fromY >= 0 && fromY < size.Height && fromX >= 0 && fromX < size.Width;
        (isInside ? from.Slice((fromY * size.Width + fromX) * size.Channels, size.Channels) : fill).CopyTo(to[((y * size.Width + x) * size.Channels)..]);
    }
}

namespace RankNas.Images.Decoding;

/// <summary>Which part of a picture is scaled to which part of the result.</summary>
/// <param name="Left">The left edge of the part of the picture, in pixels.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Right">Its right edge.</param>
/// <param name="Bottom">Its lower edge.</param>
/// <param name="X">The first column of the result that it fills.</param>
/// <param name="Y">The first row of the result that it fills.</param>
/// <param name="Width">How many columns it fills.</param>
/// <param name="Height">How many rows it fills.</param>
internal readonly record struct Placement(double Left, double Top, double Right, double Bottom, int X, int Y, int Width, int Height)
{
    /// <summary>Gets by how much the picture is scaled, in the direction in which it shrinks least.</summary>
    public double Scale => Math.Max(Width / (Right - Left), Height / (Bottom - Top));

    /// <summary>Places a picture.</summary>
    public static Placement Of(Size2D picture, Size2D size, PictureResize resize)
    {
        (double width, double height) = (picture.Width, picture.Height);
        switch (resize)
        {
            case PictureResize.Stretch:
                return new Placement(0, 0, width, height, 0, 0, size.Width, size.Height);
            case PictureResize.Fit:
                bool isWider = width * size.Height > height * size.Width;
                int fitWidth = isWider ? size.Width : Math.Clamp((int)Math.Round(width / height * size.Height), 1, size.Width);
                int fitHeight = isWider ? Math.Clamp((int)Math.Round(height / width * size.Width), 1, size.Height) : size.Height;
                return new Placement(
                    0, 0, width, height, (int)Math.Round((size.Width - fitWidth) * 0.5), (int)Math.Round((size.Height - fitHeight) * 0.5), fitWidth, fitHeight);
            default:
                double ratio = (double)size.Width / size.Height;
                double cropWidth = Math.Min(width, ratio * height), cropHeight = Math.Min(height, width / ratio);
                (double left, double top) = ((width - cropWidth) * 0.5, (height - cropHeight) * 0.5);
                return new Placement(left, top, left + cropWidth, top + cropHeight, 0, 0, size.Width, size.Height);
        }
    }

    /// <summary>Gets the same part of the picture decoded at another scale.</summary>
    /// <param name="scale">The scale, of both height and width.</param>
    /// <param name="decoded">The size that this gives, rounded up.</param>
    public Placement At(double scale, Size2D decoded) => this with
    {
        Left = Left * scale,
        Right = Math.Min(Right * scale, decoded.Width),
        Top = Top * scale,
        Bottom = Math.Min(Bottom * scale, decoded.Height),
    };
}

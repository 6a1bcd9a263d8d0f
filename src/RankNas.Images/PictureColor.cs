namespace RankNas.Images;

/// <summary>A colour in sRGB.</summary>
/// <param name="Red">The red part, from 0 to 255.</param>
/// <param name="Green">The green part, from 0 to 255.</param>
/// <param name="Blue">The blue part, from 0 to 255.</param>
public readonly record struct PictureColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Gets white.</summary>
    public static PictureColor White => new(255, 255, 255);

    /// <summary>Gets black.</summary>
    public static PictureColor Black => default;
}

namespace RankNas.Images;

/// <summary>How a picture of another shape is brought to the wanted size.</summary>
public enum PictureResize
{
    /// <summary>Scaled until it covers the size, and cut to its centre; nothing is distorted, edges may be lost.</summary>
    CropToFill,

    /// <summary>Scaled until it fits into the size, and centred on the background; nothing is distorted or lost.</summary>
    Fit,

    /// <summary>Scaled to the size in each direction on its own; nothing is lost, shapes are distorted.</summary>
    Stretch,
}

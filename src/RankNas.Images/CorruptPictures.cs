namespace RankNas.Images;

/// <summary>What is done about pictures that cannot be read.</summary>
public enum CorruptPictures
{
    /// <summary>Loading ends with an error that names the first of them.</summary>
    Refuse,

    /// <summary>They are left out, and listed in <see cref="PictureReport.Skipped"/>.</summary>
    Skip,
}

namespace RankNas.Images.Sources;

/// <summary>What a picture is for.</summary>
internal enum PicturePart
{
    /// <summary>To train on; all pictures where nothing divides them.</summary>
    Training,

    /// <summary>To choose by.</summary>
    Validation,

    /// <summary>To measure on.</summary>
    Test,
}

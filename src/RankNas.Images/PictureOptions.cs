namespace RankNas.Images;

/// <summary>How pictures are read. The same options give the same pixels in training and in prediction.</summary>
public sealed record PictureOptions
{
    private const int MostPixelsInMemory = 500_000_000;

    /// <summary>Gets the height and width that all pictures are brought to, each from 1 to 65,536 pixels.</summary>
    /// <value>The default is a square that is chosen from the data: the median of the training pictures' shorter sides, rounded down to a multiple of 16, at least 32 and at most 224.</value>
    public Size2D? Size
    {
        get;
        init => field = value is null or { Height: >= 1 and <= 65_536, Width: >= 1 and <= 65_536 }
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Size), $"Size is {value}: height and width must be from 1 to 65,536.");
    }

    /// <summary>Gets how pictures of other shapes are brought to the size.</summary>
    /// <value>The default is <see cref="PictureResize.CropToFill"/>.</value>
    public PictureResize Resize
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Resize), value, "Resize is CropToFill, Fit or Stretch.");
    }

    /// <summary>Gets the number of channels: 3 for red, green and blue, 1 for grey.</summary>
    /// <value>The default is 3, of grey pictures too, so that the network's shape does not depend on what pictures are added. Grey is computed as Pillow's mode <c>L</c>.</value>
    public int Channels
    {
        get;
        init => field = value is 1 or 3 ? value : throw new ArgumentOutOfRangeException(nameof(Channels), FormattableString.Invariant($"Channels is {value}: it must be 3 or 1."));
    }
    = 3;

    /// <summary>Gets the colour behind transparent pixels and beside pictures that do not fill the size.</summary>
    /// <value>The default is white.</value>
    public PictureColor Background { get; init; } = PictureColor.White;

    /// <summary>Gets what is done about pictures that cannot be read.</summary>
    /// <value>The default is <see cref="CorruptPictures.Refuse"/>.</value>
    public CorruptPictures OnCorrupt
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(OnCorrupt), value, "OnCorrupt is Refuse or Skip.");
    }

    /// <summary>Gets the normalisation of the images, for as many channels.</summary>
    /// <value>The default is measured from the training pictures.</value>
    public ImageNormalization? Normalization { get; init; }

    /// <summary>Gets how many pictures are decoded at a time.</summary>
    /// <value>At least 1; the default is the number of processors.</value>
    public int? MaxDegreeOfParallelism
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxDegreeOfParallelism), FormattableString.Invariant($"MaxDegreeOfParallelism is {value}: it must be at least 1."));
    }

    /// <summary>Gets the folder for files of decoded pixels, which make the next loading of the same pictures fast. It is made if needed, and may be deleted at any time.</summary>
    /// <value>The default is none.</value>
    public string? CacheFolder { get; init; }

    /// <summary>Gets how many pixels a picture may have; one of more is treated as one that cannot be read, before memory is taken for it.</summary>
    /// <value>From 1 to 500,000,000; the default is 200,000,000.</value>
    public long MaxPixels
    {
        get;
        init => field = value is >= 1 and <= MostPixelsInMemory
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxPixels), FormattableString.Invariant($"MaxPixels is {value}: it must be from 1 to {MostPixelsInMemory:N0}."));
    }
    = 200_000_000;

    /// <summary>Gets the column of a CSV file that has the pictures' paths.</summary>
    /// <value>The default is the column named <c>path</c>, <c>file</c>, <c>filename</c>, <c>image</c> or alike; without a header, the first of two.</value>
    public string? PathColumn { get; init; }

    /// <summary>Gets the column of a CSV file that has the names of the classes.</summary>
    /// <value>The default is the column named <c>label</c>, <c>class</c>, <c>category</c>, <c>target</c> or alike; without a header, the second of two.</value>
    public string? LabelColumn { get; init; }
}

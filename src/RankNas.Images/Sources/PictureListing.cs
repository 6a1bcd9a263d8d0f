namespace RankNas.Images.Sources;

/// <summary>The pictures to read, in order.</summary>
internal sealed record PictureListing
{
    /// <summary>Gets the folder, the list or the archive.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the pictures.</summary>
    public required ImmutableArray<PictureEntry> Entries { get; init; }

    /// <summary>Gets the names of the classes, in the order of their labels.</summary>
    public required ImmutableArray<string> ClassNames { get; init; }

    /// <summary>Gets whether folders divide the pictures into parts.</summary>
    public bool IsDivided { get; init; }

    /// <summary>Gets how many other files there are.</summary>
    public int IgnoredFiles { get; init; }

    /// <summary>Gets the folders that would be classes, but have no pictures.</summary>
    public ImmutableArray<string> EmptyClasses { get; init; } = [];

    /// <summary>Gets what a person should know.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

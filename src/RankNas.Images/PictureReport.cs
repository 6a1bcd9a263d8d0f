using System.Text;

namespace RankNas.Images;

/// <summary>What was found where pictures were loaded from.</summary>
public sealed record PictureReport
{
    private const int ListedAtMost = 10;

    /// <summary>Gets the folder, the list or the archive.</summary>
    public required string Source { get; init; }

    /// <summary>Gets how many pictures were read.</summary>
    public required int Read { get; init; }

    /// <summary>Gets the pictures that could not be read, which <see cref="CorruptPictures.Skip"/> leaves out.</summary>
    public ImmutableArray<SkippedPicture> Skipped { get; init; } = [];

    /// <summary>Gets how many other files there are: hidden ones, and those that are no pictures of a known format by their names.</summary>
    public int IgnoredFiles { get; init; }

    /// <summary>Gets how many pictures that were read each class has.</summary>
    public ImmutableArray<PictureClassCount> Classes { get; init; } = [];

    /// <summary>Gets the names of folders that would be classes, but have no pictures. They are no classes.</summary>
    public ImmutableArray<string> EmptyClasses { get; init; } = [];

    /// <summary>Gets the size of the picture with the fewest pixels, turned upright.</summary>
    public required Size2D SmallestSize { get; init; }

    /// <summary>Gets the median height and the median width.</summary>
    public required Size2D MedianSize { get; init; }

    /// <summary>Gets the size of the picture with the most pixels, turned upright.</summary>
    public required Size2D LargestSize { get; init; }

    /// <summary>Gets the size that they were brought to.</summary>
    public required Size2D Size { get; init; }

    /// <summary>Gets what a person should know, one sentence each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>Gets whether the pixels come from <see cref="PictureOptions.CacheFolder"/>.</summary>
    public bool FromCache { get; init; }

    /// <summary>Writes the report in a few lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Read:N0} pictures in {Classes.Length:N0} classes from {Source}, brought to {Size}");
        text.AppendLine(FromCache ? " (from the cache)" : "");
        text.AppendLine(CultureInfo.InvariantCulture, $"sizes: smallest {SmallestSize}, median {MedianSize}, largest {LargestSize}");
        text.AppendLine(CultureInfo.InvariantCulture, $"classes: {Few(Classes.Select(count => string.Create(CultureInfo.InvariantCulture, $"{ShownText.Of(count.Name)} {count.Pictures:N0}")))}");
        foreach (string notice in Notices)
        {
            text.AppendLine(notice);
        }

        if (!Skipped.IsEmpty)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"skipped: {Skipped.Length:N0}");
            foreach (SkippedPicture skipped in Skipped.Take(ListedAtMost))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {ShownText.Of(skipped.Path, ShownText.LineLength)}: {skipped.Reason}");
            }
        }

        return text.ToString();
    }

    private static string Few(IEnumerable<string> all)
    {
        string[] listed = [.. all];
        return listed.Length <= ListedAtMost
            ? string.Join(", ", listed)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", listed.Take(ListedAtMost))} and {listed.Length - ListedAtMost:N0} more");
    }
}

namespace RankNas.Images.Sources;

/// <summary>A file in a folder or an archive.</summary>
/// <param name="Name">Its path there, with <c>/</c> between folders.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Stamp">What changes when the file does: a time or a checksum.</param>
internal sealed record FoundFile(string Name, long Bytes, long Stamp)
{
    /// <summary>Gets the name of the folder at the top of its path; empty for a file beside the folders.</summary>
    public string Top => Name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? Name[..slash] : "";
}

using RankNas.Images.Sources;

namespace RankNas.Images.Loading;

/// <summary>A picture that could not be read.</summary>
/// <param name="Entry">Its place in the listing.</param>
/// <param name="Reason">Why.</param>
internal sealed record PictureFailure(int Entry, string Reason)
{
    /// <summary>Gets its path.</summary>
    public string Path(PictureListing listing) => listing.Entries[Entry].File.Name;
}

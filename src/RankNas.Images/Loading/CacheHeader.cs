namespace RankNas.Images.Loading;

/// <summary>What a cache says of its pixels.</summary>
internal sealed record CacheHeader
{
    public int Height { get; init; }

    public int Width { get; init; }

    public int Channels { get; init; }

    /// <summary>Gets the places in the listing of the pictures; null for all of them.</summary>
    public int[]? Kept { get; init; }

    public int[] Failed { get; init; } = [];

    public string[] Reasons { get; init; } = [];

    /// <summary>Gets height and width of the smallest, the median and the largest picture.</summary>
    public int[] Sizes { get; init; } = [];
}

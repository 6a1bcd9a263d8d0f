using static TorchSharp.torch;

namespace RankNas.Images;

/// <summary>Tells images <c>[N, H, W, C]</c> that were given where <c>[N, C, H, W]</c> is wanted.</summary>
internal static class ChannelsLast
{
    // Images have more pixels to a side than that, and hardly any have more channels.
    private const long LeastSide = 8;

    /// <summary>Whether images cannot well be anything else: colours in the last place, or a square before a single channel.</summary>
    public static bool IsCertain(Tensor images) =>
        HasSides(images) && (images.size(3) is 3 or 4 || (images.size(3) == 1 && images.size(1) == images.size(2)));

    /// <summary>Whether a shape might be one: it may also be that of rows of measurements, one pixel wide.</summary>
    public static bool IsLikely(NetworkShape shape) => shape is { Rank: 3, Width: 1, Channels: >= (int)LeastSide, Height: >= (int)LeastSide };

    private static bool HasSides(Tensor images) => images.size(1) >= LeastSide && images.size(2) >= LeastSide;
}

using RankNas.Kernels.Convolutions;

namespace RankNas.Kernels.Winograd;

/// <summary>How many channels a convolution by tiles has, and where its values lie: 36 planes, one for each place in a tile.</summary>
/// <param name="InChannels">C, a multiple of 8.</param>
/// <param name="OutChannels">O, a multiple of 8.</param>
internal readonly record struct WinogradLayout(int InChannels, int OutChannels)
{
    /// <summary>The values of a vector.</summary>
    public const int Lanes = RowProduct.Lanes;

    /// <summary>The pixels of a tile's side that come out.</summary>
    public const int Step = 4;

    /// <summary>The pixels of a tile's side that go in: one more at either end.</summary>
    public const int Side = 6;

    /// <summary>The places of a tile.</summary>
    public const int Places = Side * Side;

    /// <summary>The tiles of a block: few enough for the second-level cache, enough to use each weight often.</summary>
    public const int Tiles = 32;

    // Whole vectors are written where channels end within one. It also keeps the planes out of each other's cache lines.
    private const int Slack = Lanes;

    /// <summary>Gets the groups of output channels that fill a vector; the last may fill half of one.</summary>
    public int Groups => (OutChannels + Lanes - 1) / Lanes;

    /// <summary>Gets the distance between planes of weights <c>[group, C, lane]</c>.</summary>
    public int WeightPlane => Groups * InChannels * Lanes + Slack;

    /// <summary>Gets the distance between planes of tiles <c>[tile, C]</c>.</summary>
    public int TilePlane => Tiles * InChannels + Slack;

    /// <summary>Gets the distance between planes of products <c>[group, tile, lane]</c>.</summary>
    public int ProductPlane => Groups * Tiles * Lanes + Slack;

    /// <summary>Gets the distance between rows of pixels, with a pixel of padding at either end.</summary>
    /// <param name="width">The pixels of a row.</param>
    public int RowOf(int width) => (width + 2) * InChannels + Slack;
}

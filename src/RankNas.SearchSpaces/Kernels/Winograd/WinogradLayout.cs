namespace RankNas;

/// <summary>How many channels a convolution by tiles has, and where its values lie: 16 planes, one for each place in a tile.</summary>
/// <param name="InChannels">C, a multiple of 8.</param>
/// <param name="OutChannels">O, a multiple of 8.</param>
/// <param name="Tiles">The tiles of a block, a multiple of <see cref="TilesOfProduct"/>.</param>
internal readonly record struct WinogradLayout(int InChannels, int OutChannels, int Tiles)
{
    /// <summary>The values of a vector.</summary>
    public const int Lanes = 16;

    /// <summary>The tiles that one product goes over: as many sums as stay in registers.</summary>
    public const int TilesOfProduct = 16;

    /// <summary>The places of a tile of 4×4.</summary>
    public const int Places = 16;

    // Whole vectors are written where channels end within one. It also keeps the 16 planes out of each other's cache lines.
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

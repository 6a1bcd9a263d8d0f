namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="NasBench101Space"/>.</summary>
public sealed record NasBench101Options
{
    // The vertices that lead to a cell's output divide its channels, and nine edges leave room for four of them.
    private const int LeastChannels = 4;

    /// <summary>Gets the number of channels of the stem and the first stack; the second has twice, the third four times as many. At least 4, which cells divide among their vertices.</summary>
    /// <value>The default is 128, the benchmark's own.</value>
    public int Channels
    {
        get;
        init => field = value >= LeastChannels
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Channels), value, $"{nameof(Channels)} is {value}: it must be at least {LeastChannels}.");
    } = 128;

    /// <summary>Gets the number of cells in each of the three stacks, at least 1.</summary>
    /// <value>The default is 3, the benchmark's own.</value>
    public int CellsPerStack { get; init => field = SettingChecks.AtLeastOne(value, nameof(CellsPerStack)); } = 3;

    /// <summary>Gets how architectures are drawn. It changes no network.</summary>
    /// <value>The default is <see cref="NasBench101Sampling.Uniform"/>.</value>
    public NasBench101Sampling Sampling { get; init; }
}

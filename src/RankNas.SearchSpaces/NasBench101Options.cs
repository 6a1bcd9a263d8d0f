namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="NasBench101Space"/>.</summary>
public sealed record NasBench101Options
{
    // The vertices that lead to a cell's output divide its channels, and nine edges leave room for four of them.
    private const int LeastChannels = 4;

    /// <summary>Gets the number of channels of the stem and the first stack; the second has twice, the third four times as many. From 4, which cells divide among their vertices, to 4,096.</summary>
    /// <value>The default is 128, the benchmark's own.</value>
    public int Channels { get; init => field = SettingChecks.Within(value, LeastChannels, SettingChecks.MostChannels, nameof(Channels)); } = 128;

    /// <summary>Gets the number of cells in each of the three stacks, from 1 to 1,000.</summary>
    /// <value>The default is 3, the benchmark's own.</value>
    public int CellsPerStack { get; init => field = SettingChecks.Within(value, 1, SettingChecks.MostCells, nameof(CellsPerStack)); } = 3;

    /// <summary>Gets how architectures are drawn. It changes no network.</summary>
    /// <value>The default is <see cref="NasBench101Sampling.Uniform"/>.</value>
    public NasBench101Sampling Sampling { get; init; }
}

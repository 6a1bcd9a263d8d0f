namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="NatsTopologySpace"/>.</summary>
public sealed record NatsTopologyOptions
{
    /// <summary>Gets the width of the first stage; the second is twice, the third four times as wide; from 1 to 4,096.</summary>
    /// <value>The default is 16, NATS-Bench's own.</value>
    public int Channels { get; init => field = SettingChecks.Within(value, 1, SettingChecks.MostChannels, nameof(Channels)); } = 16;

    /// <summary>Gets the number of cells in each of the three stages, from 1 to 1,000.</summary>
    /// <value>The default is 5, NATS-Bench's own.</value>
    public int CellsPerStage { get; init => field = SettingChecks.Within(value, 1, SettingChecks.MostCells, nameof(CellsPerStage)); } = 5;

    /// <summary>Gets whether architectures without a path from input to output are sampled and bred too.</summary>
    /// <value>The default is not to: 341 of the 15,625 have none.</value>
    public bool IncludeBroken { get; init; }
}

namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="DartsSpace"/>.</summary>
public sealed record DartsOptions
{
    /// <summary>Gets the number of cells, from 3 to 1,000: a third and two thirds of the way there is a reduction cell.</summary>
    /// <value>The default is 8, as DARTS searches; it evaluates by 20.</value>
    public int Cells { get; init => field = SettingChecks.Within(value, 3, SettingChecks.MostCells, nameof(Cells)); } = 8;

    /// <summary>Gets the number of channels of each operation in the first cells, an even number from 2 to 4,096.</summary>
    /// <value>The default is 16, as DARTS searches; it evaluates by 36.</value>
    public int Channels
    {
        get;
        init => field = SettingChecks.Within(value, 2, SettingChecks.MostChannels, nameof(Channels)) % 2 == 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Channels), value, $"{nameof(Channels)} is {value}: it must be even.");
    } = 16;

    /// <summary>Gets whether cells that DARTS itself cannot choose are sampled and bred too: with the operation <c>none</c>, or with two edges from one input to a node.</summary>
    /// <value>The default is not to.</value>
    public bool IncludeAllCells { get; init; }
}

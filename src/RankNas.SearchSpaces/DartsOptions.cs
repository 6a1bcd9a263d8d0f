namespace RankNas.SearchSpaces;

/// <summary>The settings of <see cref="DartsSpace"/>.</summary>
public sealed record DartsOptions
{
    /// <summary>Gets the number of cells, at least 3: a third and two thirds of the way there is a reduction cell.</summary>
    /// <value>The default is 8, as DARTS searches; it evaluates by 20.</value>
    public int Cells
    {
        get;
        init => field = value >= 3 ? value : throw new ArgumentOutOfRangeException(nameof(Cells), value, $"{nameof(Cells)} is {value}: it must be at least 3.");
    } = 8;

    /// <summary>Gets the number of channels of each operation in the first cells, an even number from 2 on.</summary>
    /// <value>The default is 16, as DARTS searches; it evaluates by 36.</value>
    public int Channels
    {
        get;
        init => field = value >= 2 && value % 2 == 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Channels), value, $"{nameof(Channels)} is {value}: it must be an even number from 2 on.");
    } = 16;

    /// <summary>Gets whether cells that DARTS itself cannot choose are sampled and bred too: with the operation <c>none</c>, or with two edges from one input to a node.</summary>
    /// <value>The default is not to.</value>
    public bool IncludeAllCells { get; init; }
}

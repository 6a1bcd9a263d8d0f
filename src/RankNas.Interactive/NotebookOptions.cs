namespace RankNas.Interactive;

/// <summary>How notebooks show what RankNas has found.</summary>
public sealed record NotebookOptions
{
    /// <summary>Gets how many architectures of a result are in its table, at least 1.</summary>
    /// <value>The default is 10.</value>
    public int Top
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"Top is {value}: show at least 1 architecture."));
    } = 10;
}

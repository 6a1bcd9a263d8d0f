namespace RankNas.Plotting;

/// <summary>The content of a report in addition to the result.</summary>
public sealed record ReportOptions
{
    /// <summary>Gets the title of the page.</summary>
    /// <value>The default names the space and the strategy.</value>
    public string? Title { get; init; }

    /// <summary>Gets the number of architectures in the table.</summary>
    /// <value>At least 1; the default is 50.</value>
    public int Top { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Top), FormattableString.Invariant($"Top is {value}: it must be at least 1.")); } = 50;

    /// <summary>Gets the accuracies to show beside the ranks.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<ReportAccuracy> Accuracies { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the sections to show before those of the search, below its notices.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<ReportSection> Sections { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the command line that repeats the search.</summary>
    /// <value>The default is none: the report has a program instead.</value>
    public string? CommandLine { get; init; }

    /// <summary>Gets when the report was written.</summary>
    /// <value>The default is now; set it for reports that are identical byte for byte.</value>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Gets the machine that the report was written on.</summary>
    /// <value>The default is this machine; set it for reports that are identical byte for byte.</value>
    public ReportMachine? Machine { get; init; }
}

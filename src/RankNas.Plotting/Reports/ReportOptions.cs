using System.Collections.Immutable;

namespace RankNas;

/// <summary>What a report has besides the result itself.</summary>
public sealed record ReportOptions
{
    /// <summary>Gets the title of the page.</summary>
    /// <value>The default names the space and the strategy.</value>
    public string? Title { get; init; }

    /// <summary>Gets how many ranked architectures the table has.</summary>
    /// <value>At least 1; the default is 50.</value>
    public int Top { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Top), value, $"Top is {value}: it must be at least 1."); } = 50;

    /// <summary>Gets the accuracies to show beside the ranks.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<ReportAccuracy> Accuracies { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the command line that makes the same result again.</summary>
    /// <value>The default is none: the report lists what the result knows of the settings.</value>
    public string? CommandLine { get; init; }
}

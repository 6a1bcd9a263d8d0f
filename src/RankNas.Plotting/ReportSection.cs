namespace RankNas.Plotting;

/// <summary>A section that a report has besides those of the search, such as of a training. All texts are escaped: none becomes HTML.</summary>
/// <param name="Title">The heading.</param>
public sealed record ReportSection(string Title)
{
    /// <summary>Gets the paragraphs below the heading.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> Paragraphs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Gets the table below the paragraphs.</summary>
    /// <value>The default is none.</value>
    public ReportTable? Table { get; init; }

    /// <summary>Gets the plots below the table, in the colours of the page.</summary>
    /// <value>The default is none. A confusion matrix keeps its size; other plots have that of the report's own.</value>
    public ImmutableArray<Chart> Charts { get; init => field = value.IsDefault ? [] : value; } = [];
}

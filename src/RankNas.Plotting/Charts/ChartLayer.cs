namespace RankNas.Plotting.Charts;

/// <summary>One set of marks of a chart; every number is finite.</summary>
internal abstract record ChartLayer(ChartColor Color, string? Label)
{
    /// <summary>Separate points.</summary>
    internal sealed record Points(ImmutableArray<ChartPoint> Marks, ChartColor Color, string? Label, double Size, double Opacity) : ChartLayer(Color, Label);

    /// <summary>The point of the search's best architecture, which stands out by its shape too.</summary>
    internal sealed record Winner(ChartPoint Mark) : ChartLayer(ChartColor.Secondary, "winner");

    /// <summary>A line through points, that goes level to the next point's x and then up or down.</summary>
    internal sealed record Steps(ImmutableArray<ChartPoint> Marks, ChartColor Color, string? Label) : ChartLayer(Color, Label);

    /// <summary>Columns from zero up that touch each other.</summary>
    internal sealed record Columns(ImmutableArray<ChartColumn> Marks, ChartColor Color, string? Label) : ChartLayer(Color, Label);

    /// <summary>Gets the corners of all that the layer draws.</summary>
    public IEnumerable<ChartPoint> Extent => this switch
    {
        Points points => points.Marks,
        Winner winner => [winner.Mark],
        Steps steps => steps.Marks,
        Columns columns => columns.Marks.SelectMany(column => (ChartPoint[])[new(column.Left, 0), new(column.Right, column.Height)]),
        _ => [],
    };
}

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

    /// <summary>A line through points, in pieces: what is missing between two pieces is a gap. A piece of one point is a dot.</summary>
    internal sealed record Line(ImmutableArray<ImmutableArray<ChartPoint>> Pieces, ChartColor Color, ChartStroke Stroke, string? Label) : ChartLayer(Color, Label)
    {
        private const int MostDots = 30;

        /// <summary>Gets the points that are dots too: all where there are few, and else those without a neighbour.</summary>
        public ImmutableArray<ChartPoint> Dots => Pieces.Sum(piece => piece.Length) <= MostDots
            ? [.. Pieces.SelectMany(piece => piece)]
            : [.. Pieces.Where(piece => piece.Length == 1).Select(piece => piece[0])];
    }

    /// <summary>A square of cells with counts: rows from the top, columns from the left.</summary>
    /// <param name="Rows">The counts by row; each row has as many as there are rows.</param>
    internal sealed record Cells(ImmutableArray<ImmutableArray<int>> Rows) : ChartLayer(ChartColor.Primary, null);

    /// <summary>Columns from zero up that touch each other.</summary>
    internal sealed record Columns(ImmutableArray<ChartColumn> Marks, ChartColor Color, string? Label) : ChartLayer(Color, Label);

    /// <summary>Gets the corners of all that the layer draws.</summary>
    public IEnumerable<ChartPoint> Extent => this switch
    {
        Points points => points.Marks,
        Winner winner => [winner.Mark],
        Steps steps => steps.Marks,
        Line line => line.Pieces.SelectMany(piece => piece),
        Cells cells => [new(0, 0), new(cells.Rows.Length, cells.Rows.Length)],
        Columns columns => columns.Marks.SelectMany(column => (ChartPoint[])[new(column.Left, 0), new(column.Right, column.Height)]),
        _ => [],
    };
}

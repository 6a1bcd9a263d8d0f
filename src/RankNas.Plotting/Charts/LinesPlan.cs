namespace RankNas.Plotting.Charts;

/// <summary>Plans a chart of lines.</summary>
internal static class LinesPlan
{
    // More could not be told apart.
    private const int MostSeries = 8;

    private static readonly ChartColor[] Colors = [ChartColor.Primary, ChartColor.Accent, ChartColor.Secondary, ChartColor.Tertiary];

    private static readonly ChartStroke[] Strokes = [ChartStroke.Solid, ChartStroke.Dashed, ChartStroke.Dotted, ChartStroke.DashDotted];

    public static ChartPlan Of(ImmutableArray<ChartSeries> series, string labelOfX, string labelOfY, bool percent)
    {
        if (series.Length is 0 or > MostSeries)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"There are {series.Length} series: a chart shows from 1 to {MostSeries}; make several charts of more."), nameof(series));
        }

        ImmutableArray<ChartLayer> lines = [.. series.Select((line, place) => (ChartLayer)new ChartLayer.Line(
            PiecesOf(line), Colors[place % Colors.Length], Strokes[(place + place / Colors.Length) % Strokes.Length], line.Name))];
        string title = $"{labelOfY} by {labelOfX}";
        ChartPoint[] shown = [.. lines.SelectMany(line => line.Extent)];
        bool isCount = shown.All(point => double.IsInteger(point.X));
        return shown.Length == 0
            ? ChartPlan.Empty(title, $"no series has a finite value of {labelOfY}")
            : new ChartPlan(
                title, new ChartAxis(labelOfX, IsCount: isCount) { LeastMargin = isCount ? 0.5 : 0 }, new ChartAxis(labelOfY, IsShare: percent), lines,
                Finite.Note(shown.Length, series.Sum(line => line.Points.Length)));
    }

    private static ImmutableArray<ImmutableArray<ChartPoint>> PiecesOf(ChartSeries series)
    {
        var pieces = ImmutableArray.CreateBuilder<ImmutableArray<ChartPoint>>();
        var piece = ImmutableArray.CreateBuilder<ChartPoint>();
        foreach (ChartPoint point in series.Points.Select(point => new ChartPoint(point.X, point.Y)).Append(new ChartPoint(double.NaN, double.NaN)))
        {
            if (Finite.Is(point))
            {
                piece.Add(point);
            }
            else if (piece.Count > 0)
            {
                pieces.Add(piece.DrainToImmutable());
            }
        }

        return pieces.ToImmutable();
    }
}

using RankNas.Proxies;

namespace RankNas.Plotting.Charts;

/// <summary>Makes charts of plain numbers.</summary>
internal static class ChartPlans
{
    public const string EachArchitecture = "each architecture";

    private const int MostColumns = 50;

    // A rank sum that falls from tens of thousands to tens shows its end only by powers of ten.
    private const double SpanForPowers = 30;

    public static ChartPlan Histogram(double[] values, string label, ScoreDirection? better = null)
    {
        double[] finite = [.. values.Where(Finite.Is)];
        string title = $"Distribution of {label}";
        if (finite.Length == 0)
        {
            return Empty(title, label);
        }

        double least = finite.Min();
        double width = finite.Max() - least;
        int count = width > 0 ? Math.Clamp((int)Math.Ceiling(Math.Sqrt(finite.Length)), 1, MostColumns) : 1;
        (double left, double step) = width > 0 ? (least, width / count) : (least - HalfWidthOf(least), 2 * HalfWidthOf(least));
        int[] heights = new int[count];
        foreach (double value in finite)
        {
            heights[Math.Clamp((int)((value - left) / step), 0, count - 1)]++;
        }

        ImmutableArray<ChartColumn> columns =
            [.. heights.Select((height, column) => new ChartColumn(left + column * step, left + (column + 1) * step, height))];
        return new ChartPlan(
            title, new ChartAxis(label, Better: better), new ChartAxis("architectures", IsCount: true),
            [new ChartLayer.Columns(columns, ChartColor.Primary, null)], Finite.Note(finite.Length, values.Length));
    }

    public static ChartPlan Scatter(ChartPoint[] points, ChartAxis x, ChartAxis y, ChartPoint? winner = null)
    {
        ImmutableArray<ChartPoint> finite = [.. points.Where(Finite.Is)];
        string title = $"{y.Label} against {x.Label}";
        return finite.IsEmpty
            ? Empty(title, $"{x.Label} and {y.Label}")
            : new ChartPlan(
                title, x, y, [Cloud(finite, winner is null ? null : EachArchitecture), .. WinnerAt(winner)], Finite.Note(finite.Length, points.Length));
    }

    /// <summary>Shows values in the order of their coming, and the best so far.</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="direction">Which are better.</param>
    /// <param name="label">What they are.</param>
    /// <param name="winner">The place of the search's best among them; below 0 where it is not.</param>
    public static ChartPlan Progress(double[] values, ScoreDirection direction, string label, int winner = -1)
    {
        string title = $"Progress by {label}";
        ImmutableArray<ChartPoint> all = [.. values.Select((value, place) => new ChartPoint(place + 1, value)).Where(Finite.Is)];
        if (all.IsEmpty)
        {
            return Empty(title, label);
        }

        var best = new List<ChartPoint>();
        foreach (ChartPoint point in all)
        {
            if (best.Count == 0 || (direction == ScoreDirection.HigherIsBetter ? point.Y > best[^1].Y : point.Y < best[^1].Y))
            {
                best.Add(point);
            }
        }

        if (best[^1].X < values.Length)
        {
            best.Add(new ChartPoint(values.Length, best[^1].Y));
        }

        double least = all.Min(point => point.Y);
        return new ChartPlan(
            title,
            new ChartAxis("architectures scored", IsCount: true),
            new ChartAxis(label, IsLogarithmic: least > 0 && all.Max(point => point.Y) / least > SpanForPowers, Better: direction),
            [
                Cloud(all, EachArchitecture), new ChartLayer.Steps([.. best], ChartColor.Accent, "best so far"),
                .. WinnerAt(winner < 0 ? null : new ChartPoint(winner + 1, values[winner])),
            ],
            Finite.Note(all.Length, values.Length));
    }

    /// <summary>Points whose size and opacity go by how many there are.</summary>
    public static ChartLayer.Points Cloud(ImmutableArray<ChartPoint> points, string? label = null) =>
        new(points, ChartColor.Primary, label, Size: points.Length > 3000 ? 3 : points.Length > 300 ? 5 : 7, Opacity: points.Length > 3000 ? 0.35 : 0.55);

    /// <summary>Marks a Pareto front, whose points a line joins where they are the front of just these two coordinates.</summary>
    public static IEnumerable<ChartLayer> FrontOf(ImmutableArray<ChartPoint> front, bool isJoined)
    {
        if (isJoined)
        {
            yield return new ChartLayer.Steps(front, ChartColor.Accent, null);
        }

        yield return new ChartLayer.Points(front, ChartColor.Accent, "Pareto front", Size: 8, Opacity: 1);
    }

    /// <summary>Marks the winner, where it has a place in the plot.</summary>
    public static IEnumerable<ChartLayer> WinnerAt(ChartPoint? place) => place is { } point && Finite.Is(point) ? [new ChartLayer.Winner(point)] : [];

    public static ChartPlan Empty(string title, string label) => ChartPlan.Empty(title, $"no architecture has a finite value of {label}");

    private static double HalfWidthOf(double value) => value == 0 ? 0.5 : Math.Abs(value) / 20;
}

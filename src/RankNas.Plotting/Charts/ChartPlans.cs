using System.Collections.Immutable;

namespace RankNas;

/// <summary>Makes charts of plain numbers.</summary>
internal static class ChartPlans
{
    private const int MostColumns = 50;

    // A rank sum that falls from tens of thousands to tens shows its end only by powers of ten.
    private const double SpanForPowers = 30;

    public static ChartPlan Histogram(double[] values, string label)
    {
        double[] finite = [.. values.Where(Finite.Is)];
        ThrowIfEmpty(finite.Length, label);
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
            $"Distribution of {label}", new ChartAxis(label), new ChartAxis("architectures", IsCount: true),
            [new ChartLayer.Columns(columns, ChartColor.Primary, null)], Finite.Note(finite.Length, values.Length));
    }

    public static ChartPlan Scatter(ChartPoint[] points, string labelOfX, string labelOfY)
    {
        ImmutableArray<ChartPoint> finite = [.. points.Where(Finite.Is)];
        ThrowIfEmpty(finite.Length, $"{labelOfX} and {labelOfY}");
        return new ChartPlan(
            $"{labelOfY} against {labelOfX}", new ChartAxis(labelOfX), new ChartAxis(labelOfY), [Cloud(finite)],
            Finite.Note(finite.Length, points.Length));
    }

    /// <summary>Shows values in the order of their coming, and the best so far.</summary>
    /// <param name="values">The values, in order.</param>
    /// <param name="direction">Which are better.</param>
    /// <param name="label">What they are.</param>
    public static ChartPlan Progress(double[] values, ScoreDirection direction, string label)
    {
        ImmutableArray<ChartPoint> all = [.. values.Select((value, place) => new ChartPoint(place + 1, value)).Where(Finite.Is)];
        ThrowIfEmpty(all.Length, label);
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
        string better = direction == ScoreDirection.HigherIsBetter ? "higher is better" : "lower is better";
        return new ChartPlan(
            $"Progress by {label}",
            new ChartAxis("architectures scored", IsCount: true),
            new ChartAxis($"{label} ({better})", IsLogarithmic: least > 0 && all.Max(point => point.Y) / least > SpanForPowers),
            [Cloud(all, "each architecture"), new ChartLayer.Steps([.. best], ChartColor.Accent, "best so far")],
            Finite.Note(all.Length, values.Length));
    }

    /// <summary>Points whose size and opacity go by how many there are.</summary>
    public static ChartLayer.Points Cloud(ImmutableArray<ChartPoint> points, string? label = null) =>
        new(points, ChartColor.Primary, label, Size: points.Length > 3000 ? 3 : points.Length > 300 ? 5 : 7, Opacity: points.Length > 3000 ? 0.35 : 0.55);

    public static void ThrowIfEmpty(int count, string label)
    {
        if (count == 0)
        {
            throw new InvalidOperationException($"There is nothing to plot: no architecture has a finite value of {label}.");
        }
    }

    private static double HalfWidthOf(double value) => value == 0 ? 0.5 : Math.Abs(value) / 20;
}

namespace RankNas.Plotting;

/// <summary>One line of <see cref="Chart.Lines"/>.</summary>
/// <param name="Name">Its name, such as <c>validation</c>.</param>
/// <param name="Points">Its points, in the order in which the line joins them. Where one is not finite, such as NaN, the line has a gap.</param>
public sealed record ChartSeries(string Name, ImmutableArray<(double X, double Y)> Points)
{
    /// <summary>Gets the points, in the order in which the line joins them.</summary>
    /// <value>Where a point is not finite, such as NaN, the line has a gap.</value>
    public ImmutableArray<(double X, double Y)> Points { get; init => field = value.IsDefault ? [] : value; } = Points.IsDefault ? [] : Points;

    /// <summary>Creates a series of one value for each epoch.</summary>
    /// <param name="name">Its name, such as <c>validation</c>.</param>
    /// <param name="values">The values of epochs 1, 2, 3 and so on; NaN where an epoch has none.</param>
    public static ChartSeries OfEpochs(string name, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        return new ChartSeries(name, [.. values.Select((value, place) => ((double)(place + 1), value))]);
    }
}

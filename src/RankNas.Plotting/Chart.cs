using System.Xml.Linq;
using RankNas.Plotting.Charts;

namespace RankNas.Plotting;

/// <summary>A plot, ready to be saved. It is immutable: each change returns a new one.</summary>
/// <remarks>For plots of results, see <see cref="ChartExtensions"/>; for other values, use
/// <see cref="Histogram"/>, <see cref="Scatter"/>, <see cref="Lines"/> and <see cref="ConfusionMatrix"/>. Plots are the same on every machine, because the font is embedded.</remarks>
public sealed class Chart
{
    private const int SmallestSide = 200;
    private const int LargestSide = 8000;

    private readonly ChartPlan _plan;

    internal Chart(ChartPlan plan) => _plan = plan;

    /// <summary>Gets the title.</summary>
    public string Title => _plan.Title;

    /// <summary>Gets the colours.</summary>
    /// <value>The default is <see cref="PictureTheme.Light"/>.</value>
    public PictureTheme Theme { get; private init; } = PictureTheme.Light;

    /// <summary>Gets the width in pixels.</summary>
    /// <value>The default is 800; a confusion matrix has one by its classes.</value>
    public int Width { get; private init; } = 800;

    /// <summary>Gets the height in pixels.</summary>
    /// <value>The default is 500; a confusion matrix has one by its classes.</value>
    public int Height { get; private init; } = 500;

    internal ChartPlan Plan => _plan;

    /// <summary>Creates a histogram of values.</summary>
    /// <param name="values">The values; values that are not finite are omitted, and the plot says how many.</param>
    /// <param name="label">The label of the values.</param>
    /// <returns>The plot; if no value is finite, it says so.</returns>
    public static Chart Histogram(IEnumerable<double> values, string label)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(label);
        return new Chart(ChartPlans.Histogram([.. values], label));
    }

    /// <summary>Creates a scatter plot of pairs of values.</summary>
    /// <param name="points">The pairs; pairs that are not finite are omitted, and the plot says how many.</param>
    /// <param name="labelOfX">The label of the first values, from left to right.</param>
    /// <param name="labelOfY">The label of the second values, from bottom to top.</param>
    /// <returns>The plot; if no pair is finite, it says so.</returns>
    public static Chart Scatter(IEnumerable<(double X, double Y)> points, string labelOfX, string labelOfY)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labelOfX);
        ArgumentNullException.ThrowIfNull(labelOfY);
        return new Chart(ChartPlans.Scatter([.. points.Select(point => new ChartPoint(point.X, point.Y))], new ChartAxis(labelOfX), new ChartAxis(labelOfY)));
    }

    /// <summary>Creates a line chart of one or several series, such as the loss of training and validation by epoch.</summary>
    /// <remarks>The title is <c>labelOfY by labelOfX</c>; see <see cref="WithTitle"/>. Lines differ by colour and dashes, and are named above the plot.</remarks>
    /// <param name="series">From 1 to 8 series. Where a value is not finite, such as NaN, the line has a gap.</param>
    /// <param name="labelOfX">The label of the axis from left to right, such as <c>epoch</c>.</param>
    /// <param name="labelOfY">The label of the axis from bottom to top, such as <c>loss</c>.</param>
    /// <param name="percent">Whether the values are shares from 0 to 1, which the axis shows in percent.</param>
    /// <returns>The plot; if no value is finite, it says so.</returns>
    /// <exception cref="ArgumentException">There is no series, or there are more than 8.</exception>
    public static Chart Lines(IEnumerable<ChartSeries> series, string labelOfX, string labelOfY, bool percent = false)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(labelOfX);
        ArgumentNullException.ThrowIfNull(labelOfY);
        return new Chart(LinesPlan.Of([.. series], labelOfX, labelOfY, percent));
    }

    /// <summary>Creates a confusion matrix as a heat map: a row for each true class, a column for each predicted one.</summary>
    /// <remarks>
    /// A cell's colour is its share of its row: one colour on the diagonal, where the prediction is right, and another elsewhere. Cells of up to 20 classes
    /// have their counts, where they fit. Long names end with an ellipsis. The size goes by the number of classes, so that each has its name;
    /// in a smaller one, some names are omitted.
    /// </remarks>
    /// <param name="classNames">The names of the classes.</param>
    /// <param name="counts">How many samples of the true class (row) were predicted as the class of the column: as many rows and columns as there are names.</param>
    /// <returns>The plot; if every count is 0, it says so.</returns>
    /// <exception cref="ArgumentException">There is no class, the counts have another shape, or a count is negative.</exception>
    public static Chart ConfusionMatrix(IEnumerable<string> classNames, int[,] counts)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(counts);
        ImmutableArray<string> names = [.. classNames];
        (int width, int height) = ConfusionPlan.SizeOf(names, counts);
        return new Chart(ConfusionPlan.Of(names, counts)) { Width = width, Height = height };
    }

    /// <summary>Returns the same plot in other colours.</summary>
    /// <param name="theme">The colours.</param>
    public Chart WithTheme(PictureTheme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        return new Chart(_plan) { Theme = theme, Width = Width, Height = Height };
    }

    /// <summary>Returns the same plot in another size; the text size does not change.</summary>
    /// <param name="width">The width in pixels, from 200 to 8000.</param>
    /// <param name="height">The height in pixels, from 200 to 8000.</param>
    public Chart WithSize(int width, int height) => new(_plan)
    {
        Theme = Theme,
        Width = Checked(width, nameof(width)),
        Height = Checked(height, nameof(height)),
    };

    /// <summary>Returns the same plot with another title.</summary>
    /// <param name="title">The title; empty for none.</param>
    public Chart WithTitle(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return new Chart(_plan with { Title = title }) { Theme = Theme, Width = Width, Height = Height };
    }

    /// <summary>Renders the plot as PNG.</summary>
    public byte[] ToPng() => ChartRenderer.ToPng(_plan, Theme, Width, Height);

    /// <summary>Renders the plot as SVG.</summary>
    public string ToSvg() => ToSvgElement().ToString();

    /// <summary>Saves the plot as a PNG file.</summary>
    /// <param name="path">The file. It is written atomically; an existing file is replaced.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePng(string path) => PictureFile.Write(path, ToPng());

    /// <summary>Saves the plot as an SVG file.</summary>
    /// <inheritdoc cref="SavePng"/>
    public void SaveSvg(string path) => PictureFile.Write(path, ToSvg());

    internal XElement ToSvgElement() => ChartSvg.Tidy(ChartRenderer.ToSvg(_plan, Theme, Width, Height), _plan.Title);

    private static int Checked(int side, string name) => side is >= SmallestSide and <= LargestSide
        ? side
        : throw new ArgumentOutOfRangeException(
            name, FormattableString.Invariant($"{name} is {side}: it must be from {SmallestSide} to {LargestSide} pixels."));
}

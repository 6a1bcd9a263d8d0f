using System.Xml.Linq;
using RankNas.Plotting.Charts;

namespace RankNas.Plotting;

/// <summary>A plot, ready to be saved. It is immutable: each change makes another one.</summary>
/// <remarks>A result makes its own: see <see cref="ChartExtensions"/>. For scores from elsewhere there are
/// <see cref="Histogram"/> and <see cref="Scatter"/>. Pictures are the same on every machine: the font is embedded.</remarks>
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
    /// <value>The default is 800.</value>
    public int Width { get; private init; } = 800;

    /// <summary>Gets the height in pixels.</summary>
    /// <value>The default is 500.</value>
    public int Height { get; private init; } = 500;

    internal ChartPlan Plan => _plan;

    /// <summary>Shows how values are distributed.</summary>
    /// <param name="values">The values; those that are not finite are left out, and the plot says how many.</param>
    /// <param name="label">What they are.</param>
    /// <returns>The plot; where no value is finite, one that says so.</returns>
    public static Chart Histogram(IEnumerable<double> values, string label)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(label);
        return new Chart(ChartPlans.Histogram([.. values], label));
    }

    /// <summary>Shows two values of the same things against each other.</summary>
    /// <param name="points">The pairs; those that are not both finite are left out, and the plot says how many.</param>
    /// <param name="labelOfX">What the first value of each is, from left to right.</param>
    /// <param name="labelOfY">What the second is, from bottom to top.</param>
    /// <returns>The plot; where no pair is finite, one that says so.</returns>
    public static Chart Scatter(IEnumerable<(double X, double Y)> points, string labelOfX, string labelOfY)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(labelOfX);
        ArgumentNullException.ThrowIfNull(labelOfY);
        return new Chart(ChartPlans.Scatter([.. points.Select(point => new ChartPoint(point.X, point.Y))], new ChartAxis(labelOfX), new ChartAxis(labelOfY)));
    }

    /// <summary>Makes the same plot in other colours.</summary>
    /// <param name="theme">The colours.</param>
    public Chart WithTheme(PictureTheme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        return new Chart(_plan) { Theme = theme, Width = Width, Height = Height };
    }

    /// <summary>Makes the same plot in another size; text keeps its own.</summary>
    /// <param name="width">The width in pixels, from 200 to 8000.</param>
    /// <param name="height">The height in pixels, from 200 to 8000.</param>
    public Chart WithSize(int width, int height) => new(_plan)
    {
        Theme = Theme,
        Width = Checked(width, nameof(width)),
        Height = Checked(height, nameof(height)),
    };

    /// <summary>Makes the same plot with another title.</summary>
    /// <param name="title">The title; empty for none.</param>
    public Chart WithTitle(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return new Chart(_plan with { Title = title }) { Theme = Theme, Width = Width, Height = Height };
    }

    /// <summary>Draws the plot as a PNG file's bytes.</summary>
    public byte[] ToPng() => ChartRenderer.ToPng(_plan, Theme, Width, Height);

    /// <summary>Draws the plot as an SVG document.</summary>
    public string ToSvg() => ToSvgElement().ToString();

    /// <summary>Draws the plot into a PNG file.</summary>
    /// <param name="path">The file, which appears whole or not at all; one that is there is replaced.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePng(string path) => PictureFile.Write(path, ToPng());

    /// <summary>Draws the plot into an SVG file.</summary>
    /// <inheritdoc cref="SavePng"/>
    public void SaveSvg(string path) => PictureFile.Write(path, ToSvg());

    internal XElement ToSvgElement() => ChartSvg.Tidy(ChartRenderer.ToSvg(_plan, Theme, Width, Height), _plan.Title);

    private static int Checked(int side, string name) => side is >= SmallestSide and <= LargestSide
        ? side
        : throw new ArgumentOutOfRangeException(
            name, FormattableString.Invariant($"{name} is {side}: it must be from {SmallestSide} to {LargestSide} pixels."));
}

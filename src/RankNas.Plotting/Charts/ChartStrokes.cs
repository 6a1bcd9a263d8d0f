using System.Xml.Linq;
using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.Plottables;

namespace RankNas.Plotting.Charts;

/// <summary>Draws dashed lines: in a bitmap by ScottPlot, and in SVG, for which Skia has no dashes, by SVG's own.</summary>
internal static class ChartStrokes
{
    private const float Width = 2;

    private static readonly Dictionary<ChartStroke, float[]> Dashes = new()
    {
        [ChartStroke.Dashed] = [9, 4],
        [ChartStroke.Dotted] = [2, 4],
        [ChartStroke.DashDotted] = [9, 4, 2, 4],
    };

    /// <summary>Gets the width of a line in pixels: by so little more for each stroke that nobody sees it, and the SVG tells which stroke it is.</summary>
    public static float WidthOf(ChartStroke stroke) => Width + (int)stroke / 100f;

    public static LinePattern PatternOf(ChartStroke stroke) =>
        Dashes.TryGetValue(stroke, out float[]? dashes) ? new LinePattern(dashes, 0, stroke.ToString()) : LinePattern.Solid;

    /// <summary>Makes all lines solid before they become SVG; <see cref="SetDashes"/> dashes them there.</summary>
    public static void LeaveDashesToSvg(Plot plot)
    {
        foreach (Scatter line in plot.GetPlottables<Scatter>())
        {
            line.LinePattern = LinePattern.Solid;
        }

        foreach (LegendItem item in plot.Axes.GetPanels().OfType<LegendPanel>().SelectMany(panel => panel.Legend.ManualItems))
        {
            item.LineStyle.Pattern = LinePattern.Solid;
        }
    }

    /// <summary>Dashes the lines of a chart as SVG.</summary>
    public static void SetDashes(XElement root)
    {
        Dictionary<string, float[]> byWidth = Dashes.ToDictionary(stroke => Text(WidthOf(stroke.Key)), stroke => stroke.Value);
        foreach (XAttribute width in root.Descendants().Attributes("stroke-width"))
        {
            if (byWidth.TryGetValue(width.Value, out float[]? dashes))
            {
                width.Value = Text(Width);
                width.Parent!.SetAttributeValue("stroke-dasharray", string.Join(' ', dashes.Select(Text)));
            }
        }
    }

    private static string Text(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

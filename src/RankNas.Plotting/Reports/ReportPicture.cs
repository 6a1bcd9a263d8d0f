using RankNas.Plotting.Charts;

namespace RankNas.Plotting.Reports;

/// <summary>Puts pictures on a page.</summary>
internal static class ReportPicture
{
    // Three in a row on a desk, and one on a phone, with text of about the page's size.
    private const int PlotWidth = 440;
    private const int PlotHeight = 320;

    /// <summary>Decides whether a plot has a line of its own, in its own size: cells and names in a smaller one could not be read.</summary>
    public static bool IsWide(Chart chart) => chart.Plan.Layers.Any(layer => layer is ChartLayer.Cells);

    public static Html Of(Chart chart, string name) => Figure(
        chart.Title,
        chart.Plan.Nothing is { } nothing
            ? Html.Of($"<p class=\"muted\">{nothing}</p>")
            : InlineSvg.Of(IsWide(chart) ? chart : chart.WithSize(PlotWidth, PlotHeight), name),
        IsWide(chart));

    public static Html Of(string caption, Drawing drawing, string name) => Figure(caption, InlineSvg.Of(drawing, name), isWide: true);

    private static Html Figure(string caption, Html picture, bool isWide) => isWide
        ? Html.Of($"""
            <figure><figcaption>{caption}</figcaption><p class="hint">Scroll sideways to see all of it →</p><div class="wide" tabindex="0" role="group" aria-label="{caption}">{picture}</div></figure>
            """)
        : Html.Of($"<figure><figcaption>{caption}</figcaption>{picture}</figure>");
}

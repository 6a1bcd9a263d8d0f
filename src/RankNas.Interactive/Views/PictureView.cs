using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using RankNas.Graphs;

namespace RankNas.Interactive.Views;

/// <summary>Pictures as part of the page.</summary>
internal static class PictureView
{
    public static Html Of(Chart chart) => NotebookView.Of(
        Figure(chart.Title, chart.Plan.Nothing is { } nothing ? Html.Of($"<p class=\"muted\">{nothing}</p>") : InlineSvg.Of(chart, NameOf(chart.ToSvg()))),
        chart.Theme);

    public static Html Of(Drawing drawing) => NotebookView.Of(Picture(drawing), drawing.Theme);

    public static Html Of(NetworkGraph graph) => NotebookView.Of(Html.Join([Figure("Cell", Picture(graph.DrawCell())), Figure("Network", Picture(graph.DrawNetwork()))]));

    /// <summary>What the picture says it shows, to those who do not see it.</summary>
    public static string Caption(this Drawing drawing) =>
        ((XElement?)drawing.ToSvgElement().FirstNode)?.Value ?? "";

    private static Html Figure(string caption, Html picture) => Html.Of($"<figure><figcaption>{caption}</figcaption>{picture}</figure>");

    private static Html Picture(Drawing drawing) => Html.Of($"<div class=\"wide\">{InlineSvg.Of(drawing, NameOf(drawing.ToSvg()))}</div>");

    // Names within a picture are to differ from those of others on the page, and to be the same every time.
    private static string NameOf(string svg) => $"ranknas-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(svg)))[..10]}";
}

using System.Text;
using System.Xml.Linq;
using RankNas.Plotting.Drawings;

namespace RankNas.Plotting.Charts;

/// <summary>Makes what Skia writes small and good to read: a title, text that a browser sets, and one path for a cloud of points.</summary>
internal static class ChartSvg
{
    public const string FontFamily = "'Noto Sans', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    private const int MostPaths = 12;

    public static XElement Tidy(string skia, string title)
    {
        XElement root = XDocument.Parse(skia).Root!;
        SetFrame(root, title);
        NameClips(root);
        foreach (XElement text in root.Descendants(SvgCanvas.Svg + "text").ToList())
        {
            SetText(text);
        }

        ChartStrokes.SetDashes(root);
        foreach (XElement group in root.DescendantsAndSelf().Where(element => element.Elements(SvgCanvas.Svg + "ellipse").Any()).ToList())
        {
            JoinPoints(group);
        }

        return root;
    }

    private static void SetFrame(XElement root, string title)
    {
        root.Attribute(XNamespace.Xmlns + "xlink")?.Remove();
        root.SetAttributeValue("viewBox", $"0 0 {root.Attribute("width")!.Value} {root.Attribute("height")!.Value}");
        root.SetAttributeValue("role", "img");
        root.AddFirst(new XElement(SvgCanvas.Svg + "title", PictureText.Clean(title)));
    }

    // Skia numbers clips through all pictures of the process: the same plot is to be the same document.
    private static void NameClips(XElement root)
    {
        Dictionary<string, string> names = root.Descendants().Attributes("id").Select((id, place) => (id.Value, Name: $"clip{place + 1}")).ToDictionary();
        foreach (XAttribute attribute in root.DescendantsAndSelf().Attributes())
        {
            if (attribute.Name == "id")
            {
                attribute.Value = names[attribute.Value];
            }
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
            {
                attribute.Value = $"url(#{names[attribute.Value[5..^1]]})";
            }
        }
    }

    // Skia places every letter by the font it measured; a browser with another font needs but the anchor.
    private static void SetText(XElement text)
    {
        double[] xs = Numbers(text.Attribute("x"));
        double[] ys = Numbers(text.Attribute("y"));
        string content = text.Value.Trim();
        text.Value = content;
        text.SetAttributeValue("font-family", FontFamily);
        if (text.Attribute("font-size") is { } size && size.Value == SvgCanvas.Text(ChartRenderer.TitleSize))
        {
            text.SetAttributeValue("font-weight", "600");
        }

        if (xs.Length == 0)
        {
            return;
        }

        double average = xs.Length > 1 ? (xs[^1] - xs[0]) / (xs.Length - 1) : 2 * Math.Abs(xs[0]);
        double end = xs[^1] + average;
        (string anchor, double x) = Math.Abs(xs[0]) < 1 ? ("start", xs[0]) : Math.Abs(end) < Math.Abs(xs[0]) / 3 ? ("end", 0) : ("middle", 0);
        text.SetAttributeValue("text-anchor", anchor);
        text.SetAttributeValue("x", SvgCanvas.Text(x));
        text.SetAttributeValue("y", SvgCanvas.Text(ys.FirstOrDefault()));
    }

    // Points of one look follow each other; a round dot is a line of no length with round ends.
    private static void JoinPoints(XElement group)
    {
        List<XElement>? run = null;
        foreach (XElement child in group.Elements().ToList())
        {
            if (child.Name == SvgCanvas.Svg + "ellipse" && run is not null && LookOf(run[0]) == LookOf(child))
            {
                run.Add(child);
                continue;
            }

            Join(run);
            run = child.Name == SvgCanvas.Svg + "ellipse" ? [child] : null;
        }

        Join(run);
    }

    private static void Join(List<XElement>? points)
    {
        if (points is not { Count: > 1 })
        {
            return;
        }

        // Dots of one path do not add up where they lie on each other: several paths show where there are many.
        int paths = points[0].Attribute("fill-opacity") is null ? 1 : Math.Min(MostPaths, 1 + points.Count / 100);
        for (int path = 0; path < paths; path++)
        {
            points[0].AddBeforeSelf(PathOf(points[0], points.Where((_, place) => place % paths == path)));
        }

        points.ForEach(point => point.Remove());
    }

    private static XElement PathOf(XElement look, IEnumerable<XElement> points)
    {
        var path = new StringBuilder();
        var seen = new HashSet<(double, double)>();
        foreach (XElement point in points)
        {
            (double x, double y) = (Math.Round(2 * Number(point, "cx")) / 2, Math.Round(2 * Number(point, "cy")) / 2);
            if (seen.Add((x, y)))
            {
                path.Append('M').Append(SvgCanvas.Text(x)).Append(' ').Append(SvgCanvas.Text(y)).Append("h0");
            }
        }

        var joined = new XElement(
            SvgCanvas.Svg + "path",
            new XAttribute("fill", "none"),
            new XAttribute("stroke", look.Attribute("fill")?.Value ?? "black"),
            new XAttribute("stroke-width", SvgCanvas.Text(2 * Number(look, "rx"))),
            new XAttribute("stroke-linecap", "round"),
            new XAttribute("d", path.ToString()));
        joined.SetAttributeValue("stroke-opacity", look.Attribute("fill-opacity") is null ? null : SvgCanvas.Text(Number(look, "fill-opacity")));
        return joined;
    }

    private static (string?, string?, string?) LookOf(XElement point) =>
        (point.Attribute("fill")?.Value, point.Attribute("fill-opacity")?.Value, SvgCanvas.Text(Number(point, "rx")));

    private static double[] Numbers(XAttribute? list) => list is null
        ? []
        : [.. list.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}

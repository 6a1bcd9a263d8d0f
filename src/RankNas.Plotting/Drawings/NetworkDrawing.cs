using System.Xml.Linq;

namespace RankNas.Plotting.Drawings;

/// <summary>Draws a network from left to right: each part as high as its resolution and as deep as it has channels, in as many rows as it takes.</summary>
internal static class NetworkDrawing
{
    private const double Width = 1150;
    private const double Height = 272;
    private const double Middle = 92;
    private const double Gap = 30;
    private const double Side = 24;
    private const double Slit = 3;
    private const double Letter = 6.9;

    public static XElement Draw(NetworkGraph graph, PictureTheme theme)
    {
        ImmutableArray<NetworkPart> parts = NetworkPart.Of(graph);
        string[] kinds = [.. parts.Where(part => part.Block is not null).GroupBy(part => part.Block!.Kind).OrderByDescending(kind => kind.Sum(part => part.Copies)).Select(kind => kind.Key)];
        string[] colors = [theme.Primary, theme.Accent, theme.Tertiary, theme.Secondary];
        string ColorOf(NetworkPart part) => part.Block is { } block ? colors[Array.IndexOf(kinds, block.Kind) % colors.Length] : OperationText.Color(part.Nodes, theme);

        var content = new List<XElement>();
        (double x, double top, double left, double right) = (Side, 0, 0, 0);
        foreach (NetworkPart part in parts)
        {
            string[] lines = LinesOf(part);
            double depth = DepthOf(part), column = Math.Max(depth, Letter * lines.Max(line => line.Length));
            if (x > Side && x + column + Side > Width)
            {
                (x, top) = (Side, top + Height);
            }

            double start = x + ((column - depth) / 2), middle = top + Middle;
            if (part.ReadsTheLast && (x > Side || top > 0))
            {
                content.AddRange(Arrow(x > Side ? left + 6 : start - 24, start - 4, middle, theme));
            }

            AddBoxes(content, part, start, middle, ColorOf(part), theme);
            foreach ((int line, string text) in lines.Index())
            {
                content.Add(SvgCanvas.Label(x + (column / 2), top + 180 + (18 * line), text, 13, line is 0 or 1 ? theme.Text : theme.Muted, bold: line == 0));
            }

            (left, right) = (start + depth, Math.Max(right, x + column));
            x += column + Gap;
        }

        string title = "Network: " + string.Join(", then ", parts.Select(part => string.Join(' ', LinesOf(part).Take(3).Where(line => line.Length > 0))));
        return SvgCanvas.Root(right + Side, top + Height, title, theme, content);
    }

    private static XElement[] Arrow(double from, double to, double y, PictureTheme theme)
    {
        string Place(double x, double down) => $"{SvgCanvas.Text(x)} {SvgCanvas.Text(y + down)}";
        return
        [
            SvgCanvas.Path($"M{Place(from, 0)}L{Place(to - 6, 0)}", theme.Muted, 2),
            SvgCanvas.Area($"M{Place(to, 0)}L{Place(to - 8, -5)}L{Place(to - 8, 5)}Z", theme.Muted),
        ];
    }

    private static void AddBoxes(List<XElement> content, NetworkPart part, double x, double middle, string color, PictureTheme theme)
    {
        double deep = (DepthOf(part) - ((part.Copies - 1) * Slit)) / part.Copies, tall = TallOf(part);
        for (int copy = 0; copy < part.Copies; copy++)
        {
            content.Add(SvgCanvas.Rectangle(
                x + (copy * (deep + Slit)), middle - (tall / 2), deep, tall, part.Nodes.IsEmpty ? theme.Background : color, color, radius: 3));
        }
    }

    // Wide networks stay on the page.
    private static double DepthOf(NetworkPart part) => (part.Copies * Math.Clamp(6 + (part.Shape[part.Shape.Length == 3 ? 0 : ^1] / 4.0), 8, part.Copies > 8 ? 12 : 40)) + ((part.Copies - 1) * Slit);

    private static double TallOf(NetworkPart part) => part.Shape.Length switch
    {
        3 => Math.Max(26, 130 * part.RelativeHeight),
        2 => 80,
        _ => 46,
    };

    private static string[] LinesOf(NetworkPart part) =>
    [
        part.Name,
        part.Detail,
        OperationText.Shape(part.Shape),
        part.Cost.Parameters > 0 ? $"{OperationText.Count(part.Cost.Parameters)} params" : "",
        part.Cost.Macs > 0 ? $"{OperationText.Count(part.Cost.Macs)} MACs" : "",
    ];
}

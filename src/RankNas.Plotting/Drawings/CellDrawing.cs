using System.Globalization;
using System.Xml.Linq;

namespace RankNas;

/// <summary>Draws a cell: the nodes in a row, near edges straight between them, far ones in arcs above and below.</summary>
internal static class CellDrawing
{
    private const double Width = 760;
    private const double Height = 322;
    private const double Row = 180;
    private const double First = 60;
    private const double Step = 213;
    private const double Radius = 22;

    public static XElement Draw(CellGraph cell, PictureTheme theme)
    {
        var lines = new List<XElement>();
        var labels = new List<XElement>();
        for (int edge = 0; edge < CellGraph.Edges.Length; edge++)
        {
            (int source, int target) = CellGraph.Edges[edge];
            AddEdge(lines, labels, source, target, cell.Operations[edge], theme);
        }

        string title = "Cell: " + string.Join(", ", CellGraph.Edges.Zip(cell.Operations).Select(edge =>
            $"{NameOf(edge.First.Source)} to {NameOf(edge.First.Target)} {WordsOf(edge.Second)}"));
        return SvgCanvas.Root(Width, Height, title, theme, [.. lines, .. Nodes(theme), .. labels]);
    }

    /// <summary>Gets an operation's colour.</summary>
    public static string ColorOf(CellOperation operation, PictureTheme theme) => operation switch
    {
        CellOperation.Convolution3x3 => theme.Primary,
        CellOperation.Convolution1x1 => theme.Secondary,
        CellOperation.SkipConnect => theme.Accent,
        CellOperation.AveragePooling3x3 => theme.Tertiary,
        _ => theme.Muted,
    };

    private static IEnumerable<XElement> Nodes(PictureTheme theme)
    {
        for (int node = 0; node < CellGraph.Nodes; node++)
        {
            yield return SvgCanvas.Circle(CenterOf(node), Row, Radius, theme.Background, theme.Text);
            yield return SvgCanvas.Label(CenterOf(node), Row + 5, NameOf(node), 14, theme.Text, bold: true);
        }
    }

    private static void AddEdge(
        List<XElement> lines, List<XElement> labels, int source, int target, CellOperation operation, PictureTheme theme)
    {
        (string path, (double X, double Y) middle, (double X, double Y) end, double angle) = (source, target) switch
        {
            (0, 3) => Arc(source, target, bow: -182),
            (0, 2) => Arc(source, target, bow: -92),
            (1, 3) => Arc(source, target, bow: 130),
            _ => Straight(source, target),
        };
        string color = ColorOf(operation, theme);
        if (operation == CellOperation.None)
        {
            lines.Add(SvgCanvas.Path(path, color, 2.5, dashes: "1 8"));
            return;
        }

        lines.Add(SvgCanvas.Path(path, color, 3));
        lines.Add(SvgCanvas.Area(Arrow(end, angle), color));
        string words = WordsOf(operation);
        double width = 20 + 7.6 * words.Length;
        labels.Add(SvgCanvas.Rectangle(middle.X - width / 2, middle.Y - 13, width, 26, theme.Background, color, radius: 13));
        labels.Add(SvgCanvas.Label(middle.X, middle.Y + 4.5, words, 13, color, bold: true));
    }

    private static (string Path, (double X, double Y) Middle, (double X, double Y) End, double Angle) Straight(int source, int target)
    {
        double start = CenterOf(source) + Radius;
        double end = CenterOf(target) - Radius - 2;
        return (Data($"M{start} {Row}L{end - 8} {Row}"), ((start + end) / 2, Row), (end, Row), 0);
    }

    // A curve whose two inner points lie the same way off the row; its middle is three quarters as far.
    private static (string Path, (double X, double Y) Middle, (double X, double Y) End, double Angle) Arc(int source, int target, double bow)
    {
        double angle = Math.Sign(bow) * Math.PI / 180 * (Math.Abs(bow) > 150 ? 62 : 50);
        (double dx, double dy) = (Math.Cos(angle) * Radius, Math.Sin(angle) * Radius);
        (double x0, double x1) = (CenterOf(source) + dx, CenterOf(target) - dx);
        (double y, double inner) = (Row + dy, Math.Abs(bow) / Math.Abs(Math.Tan(angle)));
        (double endX, double endY) = (x1 - 2 * Math.Cos(angle), y + 2 * Math.Sin(angle));
        string path = Data($"M{x0} {y}C{x0 + inner} {y + bow} {x1 - inner} {y + bow} {endX - 8 * Math.Cos(angle)} {endY + 8 * Math.Sin(angle)}");
        return (path, ((x0 + x1) / 2, y + bow * 0.75), (endX, endY), -angle);
    }

    private static string Arrow((double X, double Y) tip, double angle)
    {
        (double x, double y) Corner(double back, double side) => (
            tip.X - back * Math.Cos(angle) - side * Math.Sin(angle),
            tip.Y - back * Math.Sin(angle) + side * Math.Cos(angle));
        ((double leftX, double leftY), (double rightX, double rightY)) = (Corner(12, 6), Corner(12, -6));
        return Data($"M{tip.X} {tip.Y}L{leftX} {leftY}L{rightX} {rightY}Z");
    }

    private static double CenterOf(int node) => First + node * Step;

    private static string NameOf(int node) => node == 0 ? "in" : node == CellGraph.Nodes - 1 ? "out" : node.ToString(CultureInfo.InvariantCulture);

    private static string WordsOf(CellOperation operation) => operation switch
    {
        CellOperation.Convolution3x3 => "conv 3×3",
        CellOperation.Convolution1x1 => "conv 1×1",
        CellOperation.SkipConnect => "skip",
        CellOperation.AveragePooling3x3 => "avg pool 3×3",
        _ => "none",
    };

    private static string Data(FormattableString data) =>
        string.Format(CultureInfo.InvariantCulture, data.Format, [.. data.GetArguments().Select(number => SvgCanvas.Text((double)number!))]);
}

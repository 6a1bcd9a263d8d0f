using System.Xml.Linq;

namespace RankNas.Plotting.Drawings;

/// <summary>Draws a cell: the nodes in a row, near edges straight between them, far ones in arcs above and below.</summary>
internal static class CellDrawing
{
    private const double Side = 38;
    private const double Radius = 22;
    private const double FirstBow = 96;
    private const double NextBow = 86;

    public static XElement Draw(NetworkGraph graph, GraphBlock block, PictureTheme theme)
    {
        int index = graph.Blocks.IndexOf(block);
        Edge[] edges = Lay([.. block.Edges.Select((edge, number) => new Edge(
            edge, edge.IsNone ? theme.Muted : edge.IsSkip ? theme.Accent : OperationText.Color(graph.Nodes.Where(node => node.Block == index && node.Edge == number), theme)))]);
        int last = edges.Max(edge => edge.Target);
        double step = Math.Max(130, edges.Where(edge => edge.IsStraight && !edge.IsNone).Select(edge => edge.LabelWidth + 88).DefaultIfEmpty(0).Max());
        double up = edges.Max(edge => -edge.Bow), down = edges.Max(edge => edge.Bow);
        double row = Side + Math.Max(Radius, up * 0.75 + 13);
        double CenterOf(int node) => Side + Radius + node * step;

        var lines = new List<XElement>();
        var labels = new List<XElement>();
        foreach (Edge edge in edges)
        {
            Add(lines, labels, edge, CenterOf(edge.Source), CenterOf(edge.Target), row, theme);
        }

        string NameOf(int node) => node == 0 ? "in" : node == last ? "out" : node.ToString(CultureInfo.InvariantCulture);
        IEnumerable<XElement> nodes = Enumerable.Range(0, last + 1).SelectMany(node => (XElement[])
        [
            SvgCanvas.Circle(CenterOf(node), row, Radius, theme.Background, theme.Text),
            SvgCanvas.Label(CenterOf(node), row + 5, NameOf(node), 14, theme.Text, bold: true),
        ]);
        string title = "Cell: " + string.Join(", ", edges.Select(edge => $"{NameOf(edge.Source)} to {NameOf(edge.Target)} {edge.Words}"));
        return SvgCanvas.Root(
            CenterOf(last) + Radius + Side, row + Side + Math.Max(Radius, down * 0.75 + 13), title, theme, [.. lines, .. nodes, .. labels]);
    }

    // Each arc in the lowest place, above or below, where it meets no other; that above first.
    private static Edge[] Lay(Edge[] edges)
    {
        var arcs = new List<(Edge Edge, int Place)>();
        foreach (Edge edge in edges.OrderBy(edge => edge.Target - edge.Source))
        {
            if (edge.Target - edge.Source == 1 && !arcs.Exists(other => other.Place == 0 && Meet(other.Edge, edge)))
            {
                arcs.Add((edge, 0));
                continue;
            }

            // 1 is right above, 2 right below, 3 further above; what an arc is over has to lie nearer on its side.
            int place = 1;
            while (arcs.Exists(other => other.Place > 0 && other.Place % 2 == place % 2 && other.Place >= place && Meet(other.Edge, edge)))
            {
                place++;
            }

            edge.Bow = (place % 2 == 1 ? -1 : 1) * (FirstBow + ((place - 1) / 2 * NextBow));
            arcs.Add((edge, place));
        }

        return edges;
    }

    private static bool Meet(Edge one, Edge other) => one.Source < other.Target && other.Source < one.Target;

    private static void Add(List<XElement> lines, List<XElement> labels, Edge edge, double source, double target, double row, PictureTheme theme)
    {
        (string path, (double X, double Y) middle, (double X, double Y) end, double angle) = edge.IsStraight ? Straight(source, target, row) : Arc(source, target, row, edge.Bow);
        if (edge.IsNone)
        {
            lines.Add(SvgCanvas.Path(path, edge.Color, 2.5, dashes: "1 8"));
            return;
        }

        lines.Add(SvgCanvas.Path(path, edge.Color, 3));
        lines.Add(SvgCanvas.Area(Arrow(end, angle), edge.Color));
        labels.Add(SvgCanvas.Rectangle(middle.X - edge.LabelWidth / 2, middle.Y - 13, edge.LabelWidth, 26, theme.Background, edge.Color, radius: 13));
        labels.Add(SvgCanvas.Label(middle.X, middle.Y + 4.5, edge.Words, 13, edge.Color, bold: true));
    }

    private static (string Path, (double X, double Y) Middle, (double X, double Y) End, double Angle) Straight(double source, double target, double row)
    {
        (double start, double end) = (source + Radius, target - Radius - 2);
        return (Data($"M{start} {row}L{end - 8} {row}"), ((start + end) / 2, row), (end, row), 0);
    }

    // A curve whose two inner points lie the same way off the row; its middle is three quarters as far.
    private static (string Path, (double X, double Y) Middle, (double X, double Y) End, double Angle) Arc(double source, double target, double row, double bow)
    {
        double angle = Math.Sign(bow) * Math.PI / 180 * (Math.Abs(bow) > FirstBow ? 62 : 50);
        (double dx, double dy) = (Math.Cos(angle) * Radius, Math.Sin(angle) * Radius);
        (double x0, double x1) = (source + dx, target - dx);
        (double y, double inner) = (row + dy, Math.Min(Math.Abs(bow) / Math.Abs(Math.Tan(angle)), (x1 - x0) * 0.45));
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

    private static string Data(FormattableString data) =>
        string.Format(CultureInfo.InvariantCulture, data.Format, [.. data.GetArguments().Select(number => SvgCanvas.Text((double)number!))]);

    private sealed class Edge(GraphEdge edge, string color)
    {
        public int Source => edge.Source;

        public int Target => edge.Target;

        public bool IsNone => edge.IsNone;

        public string Words { get; } = OperationText.Of(edge);

        public double LabelWidth => 20 + 7.6 * Words.Length;

        public string Color => color;

        /// <summary>Gets how far the arc's inner points lie below the row; above where negative.</summary>
        public double Bow { get; set; }

        public bool IsStraight => Bow == 0;
    }
}

using System.Xml.Linq;
using RankNas.Graphs.Operations;
using RankNas.Plotting.Reports;

namespace RankNas.Plotting.Drawings;

/// <summary>Draws operations as a list from top to bottom: a point for each step, lines from what it reads on the left, its shape on the right.</summary>
internal static class OperationsDrawing
{
    private const double Side = 22;
    private const double Line = 34;
    private const double Lane = 18;
    private const double Letter = 6.4;
    private const double Digit = 7.3;
    private const double Bend = 14;

    /// <summary>Draws the operations that lead from one node to another.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="block">The block; the whole graph where null.</param>
    /// <param name="theme">The colours.</param>
    public static XElement Draw(NetworkGraph graph, GraphBlock? block, PictureTheme theme)
    {
        (int input, int output) = block is null ? (graph.Input.Index, graph.Output.Index) : (block.Input, block.Output);
        List<OperationStep> steps = [new([graph.Nodes[input]]), .. OperationStep.Of(graph, Between(graph, input, output))];
        int[][] sources = [.. steps.Select((step, place) => place == 0 ? [] : step.Nodes[0].Inputs.Distinct().Select(node => steps.FindIndex(other => other.Last.Index == node)).ToArray())];
        int[] lanes = LanesOf(sources);
        string[] texts = [block is null ? "images" : "input", .. steps.Skip(1).Select(step => step.Text(graph))];
        string[] shapes = [.. steps.Select(step => OperationText.Shape(step.Last.Shape))];
        double words = Side + (lanes.Max() * Lane) + 18;
        double right = words + (Letter * texts.Max(text => text.Length)) + 16 + (Digit * shapes.Max(shape => shape.Length));
        double X(int step) => Side + (lanes[step] * Lane);
        double Y(int step) => Side + (step * Line);

        var content = new List<XElement>();
        for (int step = 0; step < steps.Count; step++)
        {
            foreach (int source in sources[step])
            {
                bool isSkip = source < step - 1 && steps[step].Nodes[0].Operation is (AddOperation or MultiplyOperation or ConcatenateOperation);
                content.Add(SvgCanvas.Path(PathOf((X(source), Y(source)), (X(step), Y(step))), isSkip ? theme.Accent : theme.Muted, 2));
            }
        }

        for (int step = 0; step < steps.Count; step++)
        {
            string color = step == 0 ? theme.Text : OperationText.Color(steps[step].Nodes, theme);
            content.Add(SvgCanvas.Circle(X(step), Y(step), 5.5, step == 0 ? theme.Background : color, color));
            content.Add(SvgCanvas.Label(words, Y(step) + 4.5, texts[step], 13, theme.Text, anchor: "start"));
            content.Add(SvgCanvas.Label(right, Y(step) + 4.5, shapes[step], 13, theme.Muted, anchor: "end"));
        }

        string title = (block is null ? "Network: " : $"{ReportFigures.Sentence(block.Kind)}: ") + string.Join(", then ", texts.Skip(1));
        return SvgCanvas.Root(right + Side, Y(steps.Count - 1) + Side, title, theme, content);
    }

    private static IEnumerable<GraphNode> Between(NetworkGraph graph, int input, int output)
    {
        HashSet<int> needed = [output];
        foreach (GraphNode node in graph.Nodes.Reverse().Where(node => node.Index > input && needed.Contains(node.Index)))
        {
            needed.UnionWith(node.Inputs);
        }

        return graph.Nodes.Where(node => node.Index > input && needed.Contains(node.Index));
    }

    // A value keeps its lane until its last reader, so that no line runs over a point that it does not lead to.
    private static int[] LanesOf(int[][] sources)
    {
        int[] lanes = new int[sources.Length];
        int[] last = [.. sources.Select((_, step) => Math.Max(step, Array.FindLastIndex(sources, inputs => inputs.Contains(step))))];
        for (int step = 1; step < lanes.Length; step++)
        {
            HashSet<int> taken = [.. Enumerable.Range(0, step).Where(source => last[source] > step).Select(source => lanes[source])];
            lanes[step] = Enumerable.Range(0, step + 1).First(lane => !taken.Contains(lane));
        }

        return lanes;
    }

    // Down the source's lane, and over in front of the target.
    private static string PathOf((double X, double Y) from, (double X, double Y) to) => from.X == to.X
        ? FormattableString.Invariant($"M{from.X} {from.Y}L{to.X} {to.Y}")
        : FormattableString.Invariant($"M{from.X} {from.Y}L{from.X} {to.Y - Line}C{from.X} {to.Y - Bend} {to.X} {to.Y - Line + Bend} {to.X} {to.Y}");
}

using System.Text;
using RankNas.Files;

namespace RankNas.SearchSpaces;

/// <summary>NATS-Bench's way to write a cell: a group of edges for each node, each edge as operation~source.</summary>
internal static class CellNotation
{
    private const string Example = "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";

    /// <summary>The names, at the places of <see cref="CellOperation"/>.</summary>
    public static IReadOnlyList<string> Operations { get; } = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"];

    public static string Format(ReadOnlySpan<int> genes)
    {
        var text = new StringBuilder(100);
        for (int edge = 0; edge < genes.Length; edge++)
        {
            int source = CellGraph.Edges[edge].Source;
            text.Append(source > 0 ? "" : edge > 0 ? "+|" : "|").Append(Operations[genes[edge]]).Append('~').Append(source).Append('|');
        }

        return text.ToString();
    }

    /// <exception cref="ArchitectureFormatException">The text is no cell.</exception>
    public static int[] Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] nodes = text.Trim().Split('+');
        if (nodes.Length != CellGraph.Nodes - 1)
        {
            throw Malformed(text, $"it has {nodes.Length} groups of edges joined by '+' where there must be {CellGraph.Nodes - 1}");
        }

        return [.. nodes.SelectMany((node, index) => ParseNode(text, node, target: index + 1))];
    }

    private static IEnumerable<int> ParseNode(string text, string node, int target)
    {
        string[] parts = node.Split('|');
        if (parts.Length != target + 2 || parts[0].Length > 0 || parts[^1].Length > 0)
        {
            throw Malformed(text, $"'{ShownText.Of(node)}' should be {target} of operation~source, each between bars");
        }

        return parts[1..^1].Select((edge, source) => ParseEdge(text, edge, source));
    }

    private static int ParseEdge(string text, string edge, int source)
    {
        string[] parts = edge.Split('~');
        if (parts.Length != 2 || parts[1] != $"{source}")
        {
            throw Malformed(text, $"'{ShownText.Of(edge)}' should be an operation and its source, as nor_conv_3x3~{source}");
        }

        for (int operation = 0; operation < Operations.Count; operation++)
        {
            if (Operations[operation] == parts[0])
            {
                return operation;
            }
        }

        throw Malformed(text, $"there is no operation '{ShownText.Of(parts[0])}', only {string.Join(", ", Operations)}");
    }

    private static ArchitectureFormatException Malformed(string text, string reason) =>
        new($"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {NatsTopologySpace.Name}: {reason}. Write for example '{Example}'.");
}

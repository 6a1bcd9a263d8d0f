using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RankNas.Files;

namespace RankNas.SearchSpaces.Darts;

/// <summary>A DARTS architecture as its programs print it: two cells, each a list of eight pairs of an operation and its input.</summary>
internal static partial class Genotype
{
    /// <summary>The inner nodes of a cell, each the sum of two edges.</summary>
    public const int Nodes = 4;

    public const int EdgesOfNode = 2;
    public const int GenesOfEdge = 2;
    public const int EdgesOfCell = Nodes * EdgesOfNode;
    public const int GenesOfCell = EdgesOfCell * GenesOfEdge;
    private const string Example = "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), …], normal_concat=range(2, 6), reduce=[…], reduce_concat=range(2, 6))";
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    public static IReadOnlyList<string> Operations { get; } =
        ["none", "max_pool_3x3", "avg_pool_3x3", "skip_connect", "sep_conv_3x3", "sep_conv_5x5", "dil_conv_3x3", "dil_conv_5x5"];

    /// <summary>Gets how many values an edge may come from: the cell's two inputs and the nodes before.</summary>
    public static int InputsOf(int edge) => (edge / EdgesOfNode) + 2;

    public static string Format(ReadOnlySpan<int> genes)
    {
        var text = new StringBuilder(700);
        AppendCell(text.Append("Genotype("), "normal", genes[..GenesOfCell]);
        AppendCell(text.Append(", "), "reduce", genes[GenesOfCell..]);
        return text.Append(')').ToString();
    }

    /// <exception cref="ArchitectureFormatException">The text is no genotype.</exception>
    public static int[] Parse(string text)
    {
        Match match = Pattern.Match(text);
        if (!match.Success)
        {
            throw Malformed(text, "it is no genotype of a normal and a reduction cell");
        }

        foreach (string name in new[] { "nc", "rc" })
        {
            string joined = match.Groups[name].Value.Replace(" ", "", StringComparison.Ordinal);
            if (joined is not ("range(2,6)" or "[2,3,4,5]"))
            {
                throw Malformed(text, $"it joins '{ShownText.Of(joined)}', and RankNas knows cells that join their four nodes, range(2, 6)");
            }
        }

        return [.. ParseCell(text, "normal", match.Groups["normal"].Value), .. ParseCell(text, "reduce", match.Groups["reduce"].Value)];
    }

    private static void AppendCell(StringBuilder text, string name, ReadOnlySpan<int> genes)
    {
        text.Append(name).Append("=[");
        for (int edge = 0; edge < EdgesOfCell; edge++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(edge > 0 ? ", " : "")}('{Operations[genes[GenesOfEdge * edge]]}', {genes[(GenesOfEdge * edge) + 1]})");
        }

        text.Append(CultureInfo.InvariantCulture, $"], {name}_concat=range(2, 6)");
    }

    private static int[] ParseCell(string text, string cell, string list)
    {
        string rest = Edge.Replace(list, "").Trim(Separators);
        if (rest.Length > 0)
        {
            throw Malformed(text, $"its {cell} cell has '{ShownText.Of(rest)}' where there must be edges such as ('sep_conv_3x3', 0)");
        }

        MatchCollection edges = Edge.Matches(list);
        if (edges.Count != EdgesOfCell)
        {
            throw Malformed(text, $"its {cell} cell has {edges.Count} edges where there must be {EdgesOfCell}, two for each of four nodes");
        }

        int[] genes = new int[GenesOfCell];
        foreach ((int edge, Match match) in edges.Index())
        {
            int operation = Operations.ToList().IndexOf(match.Groups["operation"].Value);
            if (operation < 0)
            {
                throw Malformed(text, $"there is no operation '{ShownText.Of(match.Groups["operation"].Value)}', only {string.Join(", ", Operations)}");
            }

            genes[GenesOfEdge * edge] = operation;
            genes[(GenesOfEdge * edge) + 1] = int.TryParse(match.Groups["input"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int input) && input < InputsOf(edge)
                ? input
                : throw Malformed(text, $"edge {edge} of its {cell} cell comes from {ShownText.Of(match.Groups["input"].Value)}, and may come from 0 to {InputsOf(edge) - 1}");
        }

        return genes;
    }

    private static ArchitectureFormatException Malformed(string text, string reason) =>
        new($"'{ShownText.Of(text, ShownText.LineLength)}' is no architecture of {DartsSpace.Name}: {reason}. Write for example {Example}.");

    // Lists of tuples as Python prints them; nothing is ambiguous, so that no text takes long to refuse.
    [GeneratedRegex(
        @"^\s*Genotype\s*\(\s*normal\s*=\s*\[(?<normal>[^\[\]]*)\]\s*,\s*normal_concat\s*=\s*(?<nc>range\([0-9, ]*\)|\[[0-9, ]*\])\s*,\s*reduce\s*=\s*\[(?<reduce>[^\[\]]*)\]\s*,\s*reduce_concat\s*=\s*(?<rc>range\([0-9, ]*\)|\[[0-9, ]*\])\s*\)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern { get; }

    [GeneratedRegex(@"[(\[]\s*['""](?<operation>\w*)['""]\s*,\s*(?<input>\w*)\s*[)\]]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Edge { get; }
}

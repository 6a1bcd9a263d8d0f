using System.Collections.Immutable;

namespace RankNas.SearchSpaces;

/// <summary>A NATS-Bench cell: four nodes and an operation on each of its six edges, 0→1, 0→2, 1→2, 0→3, 1→3, 2→3.</summary>
internal sealed record CellGraph(ImmutableArray<CellOperation> Operations)
{
    public const int Nodes = 4;

    /// <summary>The source and the target of each edge, in NATS-Bench's order.</summary>
    public static ImmutableArray<(int Source, int Target)> Edges { get; } = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)];

    /// <summary>The cell that the whole size space shares.</summary>
    public static CellGraph OfSizeSpace { get; } = new(
    [
        CellOperation.Convolution3x3,
        CellOperation.Convolution3x3, CellOperation.Convolution3x3,
        CellOperation.SkipConnect, CellOperation.Convolution3x3, CellOperation.Convolution3x3,
    ]);

    /// <summary>Tells whether anything that enters the cell leaves it.</summary>
    public static bool HasPath(ReadOnlySpan<int> operations)
    {
        Span<bool> reached = [true, false, false, false];
        for (int edge = 0; edge < Edges.Length; edge++)
        {
            (int source, int target) = Edges[edge];
            reached[target] |= reached[source] && operations[edge] != (int)CellOperation.None;
        }

        return reached[Nodes - 1];
    }

    /// <summary>Writes the graph so that equal graphs are written equally, as NATS-Bench's <c>to_unique_str</c> does.</summary>
    /// <param name="operations">The operation on each edge.</param>
    /// <param name="dropZeros">Whether what adds nothing to a sum is left out of it, which NATS-Bench does not do.</param>
    public static string UniqueTextOf(ReadOnlySpan<int> operations, bool dropZeros)
    {
        const string zero = "#";
        string[] nodes = ["0", "", "", ""];
        int edge = 0;
        for (int target = 1; target < Nodes; target++)
        {
            var terms = new List<string>();
            for (int source = 0; source < target; source++)
            {
                string term = (CellOperation)operations[edge++] switch
                {
                    CellOperation.None => zero,
                    _ when nodes[source] == zero => zero,
                    CellOperation.SkipConnect => nodes[source],
                    CellOperation operation => $"({nodes[source]})@{(int)operation}",
                };
                if (!dropZeros || term != zero)
                {
                    terms.Add(term);
                }
            }

            terms.Sort(StringComparer.Ordinal);
            nodes[target] = terms.Count > 0 ? string.Join('+', terms) : zero;
        }

        return nodes[^1];
    }
}

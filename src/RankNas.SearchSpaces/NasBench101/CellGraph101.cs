using System.Numerics;

namespace RankNas.SearchSpaces.NasBench101;

/// <summary>A cell of NAS-Bench-101: a directed acyclic graph of up to seven vertices, of which all but the first and the last have an operation.</summary>
/// <param name="Vertices">The number of vertices, from 2 to 7; the first is the cell's input, the last its output.</param>
/// <param name="Edges">The edges as a bit set: bit x + y(y − 1)/2 is the edge from x to y, x &lt; y.</param>
/// <param name="Operations">The operations in base 4, that of vertex 1 first: numbers compare as the sequences do.</param>
internal readonly record struct CellGraph101(int Vertices, uint Edges, uint Operations)
{
    public const int MostVertices = 7;
    public const int MostEdges = 9;
    public const int MostInner = MostVertices - 2;
    private const int BitsOfOperation = 2;
    private const uint OperationMask = (1u << BitsOfOperation) - 1;

    // Those that move the fewest first: they tell most cells that are not the first of their kind.
    private static readonly int[][][] Orders = [.. Enumerable.Range(0, MostInner + 1)
        .Select(inner => OrdersOf(inner).OrderBy(order => order.Index().Count(place => place.Item != place.Index + 1)).ToArray())];

    public int Inner => Vertices - 2;

    public int EdgeCount => BitOperations.PopCount(Edges);

    /// <summary>Gets whether it keeps the benchmark's limit of edges, and the input reaches the output.</summary>
    public bool IsInBenchmark => Vertices >= 2 && EdgeCount is > 0 and <= MostEdges;

    public static int BitOf(int source, int target) => source + (target * (target - 1) / 2);

    public static int BitsOf(int vertices) => vertices * (vertices - 1) / 2;

    public bool HasEdge(int source, int target) => (Edges >> BitOf(source, target) & 1) != 0;

    /// <summary>Gets the operation of an inner vertex, from 1 on.</summary>
    public Operation101 OperationOf(int vertex) => (Operation101)(Operations >> ShiftOf(Vertices, vertex) & OperationMask);

    public static uint Placed(Operation101 operation, int vertices, int vertex) => (uint)operation << ShiftOf(vertices, vertex);

    /// <summary>Gets the number of edges that lead into a vertex from any but the input.</summary>
    public int InnerInputsOf(int vertex)
    {
        int count = 0;
        for (int source = 1; source < vertex; source++)
        {
            count += HasEdge(source, vertex) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Gets the cell without vertices that the input does not reach, or from which the output is not reached.</summary>
    /// <returns>The cell; one without edges where the input does not reach the output.</returns>
    public CellGraph101 Prune()
    {
        uint forward = 1, backward = 1u << (Vertices - 1);
        for (int target = 1; target < Vertices; target++)
        {
            for (int source = 0; source < target; source++)
            {
                forward |= HasEdge(source, target) && (forward >> source & 1) != 0 ? 1u << target : 0;
            }
        }

        for (int source = Vertices - 2; source >= 0; source--)
        {
            for (int target = source + 1; target < Vertices; target++)
            {
                backward |= HasEdge(source, target) && (backward >> target & 1) != 0 ? 1u << source : 0;
            }
        }

        uint kept = forward & backward;
        if ((kept & 1) == 0)
        {
            return new CellGraph101(2, 0, 0);
        }

        Span<int> vertices = stackalloc int[MostVertices];
        int count = 0;
        for (int vertex = 0; vertex < Vertices; vertex++)
        {
            if ((kept >> vertex & 1) != 0)
            {
                vertices[count++] = vertex;
            }
        }

        return Take(vertices[..count]);
    }

    /// <summary>Gets the representative of all cells that are the same but for the numbers of their vertices: the one that the benchmark's own enumeration meets first.</summary>
    public CellGraph101 Canonicalize()
    {
        CellGraph101 least = this;
        Span<int> vertices = stackalloc int[Vertices];
        vertices[^1] = Vertices - 1;
        foreach (int[] order in Orders[Inner])
        {
            order.CopyTo(vertices[1..]);
            if (IsTopological(vertices) && Take(vertices) is var other && (other.Edges, other.Operations).CompareTo((least.Edges, least.Operations)) < 0)
            {
                least = other;
            }
        }

        return least;
    }

    /// <summary>Gets the number of channels of each vertex's output, as the benchmark divides those of the cell.</summary>
    /// <param name="channels">The number of channels of the cell's output.</param>
    public int[] ChannelsOfVertices(int channels)
    {
        int[] of = new int[Vertices];
        of[^1] = channels;
        int parts = InnerInputsOf(Vertices - 1);
        int left = parts > 0 ? channels % parts : 0;
        for (int vertex = 1; vertex < Vertices - 1; vertex++)
        {
            if (HasEdge(vertex, Vertices - 1))
            {
                of[vertex] = (channels / parts) + (left-- > 0 ? 1 : 0);
            }
        }

        for (int vertex = Vertices - 3; vertex > 0; vertex--)
        {
            for (int target = vertex + 1; target < Vertices - 1 && !HasEdge(vertex, Vertices - 1); target++)
            {
                of[vertex] = HasEdge(vertex, target) ? Math.Max(of[vertex], of[target]) : of[vertex];
            }
        }

        return of;
    }

    /// <summary>Enumerates the benchmark's cells, one of each, in the order of its own enumeration.</summary>
    public static IEnumerable<CellGraph101> All()
    {
        for (int vertices = 2; vertices <= MostVertices; vertices++)
        {
            for (uint edges = 0; edges < 1u << BitsOf(vertices); edges++)
            {
                var bare = new CellGraph101(vertices, edges, 0);
                if (bare.IsInBenchmark && bare.IsFull() && bare.IsFirstOfItsKind())
                {
                    foreach (CellGraph101 cell in bare.WithAllOperations())
                    {
                        yield return cell;
                    }
                }
            }
        }
    }

    // Those that another numbering of the same vertices and edges gives less operations are met under it.
    private CellGraph101[] WithAllOperations()
    {
        CellGraph101 bare = this;
        int[][] symmetries = [.. Orders[Inner].Select(order => (int[])[0, .. order, bare.Vertices - 1])
            .Where(order => bare.IsTopological(order) && bare.Take(order).Edges == bare.Edges)];
        var cells = new List<CellGraph101>();
        for (uint operations = 0; operations < 1u << (BitsOfOperation * Inner); operations++)
        {
            CellGraph101 cell = this with { Operations = operations };
            if (cell.HasKnownOperations() && symmetries.All(order => cell.Take(order).Operations >= operations))
            {
                cells.Add(cell);
            }
        }

        return [.. cells];
    }

    private bool IsFirstOfItsKind()
    {
        Span<int> vertices = stackalloc int[Vertices];
        vertices[^1] = Vertices - 1;
        foreach (int[] order in Orders[Inner])
        {
            order.CopyTo(vertices[1..]);
            if (IsTopological(vertices) && Take(vertices).Edges < Edges)
            {
                return false;
            }
        }

        return true;
    }

    private bool HasKnownOperations()
    {
        for (int vertex = 1; vertex <= Inner; vertex++)
        {
            if (!Enum.IsDefined(OperationOf(vertex)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsFull()
    {
        for (int vertex = 0; vertex < Vertices; vertex++)
        {
            bool enters = vertex == 0, leaves = vertex == Vertices - 1;
            for (int source = 0; source < vertex && !enters; source++)
            {
                enters = HasEdge(source, vertex);
            }

            for (int target = vertex + 1; target < Vertices && !leaves; target++)
            {
                leaves = HasEdge(vertex, target);
            }

            if (!enters || !leaves)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsTopological(ReadOnlySpan<int> order)
    {
        for (int target = 1; target < order.Length - 1; target++)
        {
            for (int source = target + 1; source < order.Length - 1; source++)
            {
                if (order[source] < order[target] && HasEdge(order[source], order[target]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // The vertices, in this order, and the edges among them.
    private CellGraph101 Take(ReadOnlySpan<int> vertices)
    {
        uint edges = 0, operations = 0;
        for (int target = 1; target < vertices.Length; target++)
        {
            for (int source = 0; source < target; source++)
            {
                bool has = vertices[source] < vertices[target] && HasEdge(vertices[source], vertices[target]);
                edges |= has ? 1u << BitOf(source, target) : 0;
            }

            operations |= target < vertices.Length - 1 ? Placed(OperationOf(vertices[target]), vertices.Length, target) : 0;
        }

        return new CellGraph101(vertices.Length, edges, operations);
    }

    private static int ShiftOf(int vertices, int vertex) => BitsOfOperation * (vertices - 2 - vertex);

    private static IEnumerable<int[]> OrdersOf(int inner) => inner == 0
        ? [[]]
        : OrdersOf(inner - 1).SelectMany(order => Enumerable.Range(0, inner).Select(place => (int[])[.. order[..place], inner, .. order[place..]]));
}

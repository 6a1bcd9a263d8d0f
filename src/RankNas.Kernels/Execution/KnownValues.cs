using RankNas.Graphs;
using RankNas.Graphs.Operations;

namespace RankNas.Kernels.Execution;

/// <summary>What is known of a graph's values before they are computed: which are equal, and which are zeros.</summary>
/// <remarks>Equal are the results of equal operations without parameters on equal inputs. Dropout is off.</remarks>
internal sealed class KnownValues
{
    private readonly NetworkGraph _graph;
    private readonly int[] _first;
    private readonly int[] _value;
    private readonly bool[] _isZero;
    private readonly int[][] _inputs;
    private readonly HashSet<int> _weighted;
    private readonly Dictionary<ZerosOperation, int> _zeros = [];

    /// <summary>Finds out.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="keepsZeros">Tells whether a BatchNorm gives zeros for zeros, which depends on its weights.</param>
    public KnownValues(NetworkGraph graph, Func<GraphNode, bool> keepsZeros)
    {
        _graph = graph;
        int count = graph.Nodes.Length;
        (_first, _value, _isZero, _inputs) = (new int[count], new int[count], new bool[count], new int[count][]);
        _weighted = [.. graph.Parameters.Select(parameter => parameter.Node)];
        var seen = new Dictionary<(GraphOperation Operation, string Inputs), int>();
        foreach (GraphNode node in graph.Nodes)
        {
            Note(node, keepsZeros, seen);
        }
    }

    /// <summary>Gets the first node that does the same to the same; its own where there is none before.</summary>
    public int FirstOf(int node) => _first[node];

    /// <summary>Gets the node whose value a node's value is: the first of its equals.</summary>
    public int ValueOf(int node) => _value[node];

    /// <summary>Gets whether a node gives zeros.</summary>
    public bool IsZero(int node) => _isZero[node];

    /// <summary>Gets the values that a node reads, without those that add nothing to a sum.</summary>
    public int[] InputsOf(int node) => _inputs[node];

    private void Note(GraphNode node, Func<GraphNode, bool> keepsZeros, Dictionary<(GraphOperation Operation, string Inputs), int> seen)
    {
        int[] inputs = [.. node.Inputs.Select(input => _value[input])];
        if (node.Operation is AddOperation && IsAlike(node))
        {
            int[] others = [.. inputs.Where(input => !_isZero[input])];
            inputs = others.Length > 0 ? others : inputs;
        }

        _inputs[node.Index] = inputs;
        _isZero[node.Index] = GivesZeros(node, inputs, keepsZeros);
        _first[node.Index] = _weighted.Contains(node.Index) || node.Operation is InputOperation
            ? node.Index
            : FirstSeen(seen, node.Operation, inputs, node.Index);
        _value[node.Index] = _isZero[node.Index] ? FirstZeros(node)
            : IsSame(node, inputs) ? inputs[0]
            : PartOf(node, inputs) is { } part ? part
            : _first[node.Index];
    }

    // Apart from equal operations: what gives zeros is not the same layer for that.
    private int FirstZeros(GraphNode node)
    {
        var zeros = new ZerosOperation(node.Shape);
        return _zeros.TryAdd(zeros, node.Index) ? node.Index : _zeros[zeros];
    }

    private static int FirstSeen(Dictionary<(GraphOperation Operation, string Inputs), int> seen, GraphOperation operation, int[] inputs, int node)
    {
        (GraphOperation, string) key = (operation, string.Join(',', inputs));
        return seen.TryAdd(key, node) ? node : seen[key];
    }

    private bool IsAlike(GraphNode node) => node.Inputs.All(input => _graph.Nodes[input].Shape.SequenceEqual(node.Shape));

    private bool IsSame(GraphNode node, int[] inputs) =>
        node.Operation is IdentityOperation or DropoutOperation || (node.Operation is AddOperation && inputs.Length == 1 && IsAlike(node));

    // A slice that is one of the values that were concatenated.
    private int? PartOf(GraphNode node, int[] inputs)
    {
        if (node.Operation is not SliceOperation slice || _graph.Nodes[inputs[0]] is not { Operation: ConcatenateOperation joined } source || joined.Axis != slice.Axis)
        {
            return null;
        }

        int start = 0;
        foreach (int part in _inputs[source.Index])
        {
            int length = _graph.Nodes[part].Shape[slice.Axis];
            if (start == slice.Start && length == slice.Length)
            {
                return part;
            }

            start += length;
        }

        return null;
    }

    private bool GivesZeros(GraphNode node, int[] inputs, Func<GraphNode, bool> keepsZeros) => node.Operation switch
    {
        ZerosOperation => true,
        _ when inputs.Length == 0 || !inputs.All(input => _isZero[input]) => false,
        ConvolutionOperation convolution => !convolution.HasBias,
        LinearOperation linear => !linear.HasBias,
        BatchNormOperation => keepsZeros(node),
        ActivationOperation activation =>
            activation.Function is not (ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid or ActivationFunction.Softplus),
        LayerNormOperation or SoftmaxOperation or ClassTokenOperation or PositionEmbeddingOperation => false,
        _ => true,
    };
}

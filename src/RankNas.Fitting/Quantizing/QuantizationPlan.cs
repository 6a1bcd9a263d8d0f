using Onnx;

namespace RankNas.Fitting.Quantizing;

/// <summary>Which activations are held in 8 bits, and which layers have weights of 8 bits.</summary>
internal sealed class QuantizationPlan
{
    private readonly HashSet<string> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sameAs = new(StringComparer.Ordinal);
    private readonly HashSet<NodeProto> _layers = [];
    private readonly HashSet<string> _constants;
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;
    private readonly ILookup<string, NodeProto> _readers;

    private QuantizationPlan(GraphProto graph)
    {
        _constants = [.. graph.Initializer.Select(constant => constant.Name)];
        _whole.UnionWith(graph.Initializer.Where(constant => constant.DataType != (int)TensorProto.Types.DataType.Float).Select(constant => constant.Name));
        _outputs = [.. graph.Output.Select(output => output.Name)];
        _readers = graph.Node.SelectMany(node => node.Input.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
    }

    /// <summary>Gets the activations.</summary>
    public IReadOnlySet<string> Tensors => _tensors;

    /// <summary>Gets the layers.</summary>
    public IReadOnlySet<NodeProto> Layers => _layers;

    /// <summary>Gets how many layers' weights are computed, and not stored.</summary>
    public int FloatLayers { get; private set; }

    /// <summary>Plans a graph, whose nodes are in the order of computation.</summary>
    public static QuantizationPlan Of(GraphProto graph)
    {
        var plan = new QuantizationPlan(graph);
        foreach (NodeProto node in graph.Node)
        {
            plan.Add(node);
        }

        return plan;
    }

    /// <summary>Gets the activation whose range another has: what only moves values keeps their scale.</summary>
    public string RangeOf(string tensor) => _sameAs.TryGetValue(tensor, out string? source) ? RangeOf(source) : tensor;

    private void Add(NodeProto node)
    {
        switch (node.OpType)
        {
            case "Conv" or "Gemm" or "MatMul" when IsLayer(node):
                _layers.Add(node);
                _tensors.Add(node.Input[0]);

                // The integers of these are summed in 32 bits, and may be floating-point numbers at once.
                if (node.OpType == "Conv" || (node.OpType == "Gemm" && !_outputs.Contains(node.Output[0])))
                {
                    AddOutput(node);
                }

                break;
            case "Conv" or "Gemm" or "MatMul":
                FloatLayers++;
                break;
            case "Add" or "Mul" or "Concat" when node.Input.Any(_tensors.Contains) && !node.Input.Any(_constants.Contains):
                _tensors.UnionWith(node.Input);
                AddOutput(node);
                break;
            case "AveragePool" or "GlobalAveragePool" when _tensors.Contains(node.Input[0]):
                AddOutput(node);
                break;
            case "MaxPool" or "Reshape" or "Flatten" or "Transpose" when _tensors.Contains(node.Input[0]) && !_outputs.Contains(node.Output[0]):
                _tensors.Add(node.Output[0]);
                _sameAs[node.Output[0]] = node.Input[0];
                break;
            case "Shape":
                _whole.UnionWith(node.Output);
                break;
            case "Concat" or "Slice" or "Gather" when _whole.Contains(node.Input[0]):
                _whole.UnionWith(node.Output);
                break;
            default:
                break;
        }
    }

    // Rectified values from 0 on are stored from 0 on: to store them rectifies.
    private void AddOutput(NodeProto node)
    {
        string output = node.Output[0];
        bool isRectified = !_outputs.Contains(output) && _readers[output].ToArray() is [{ OpType: "Relu" or "Clip" } only] && only.Input[0] == output;
        _tensors.Add(isRectified ? _readers[output].Single().Output[0] : output);
    }

    private bool IsLayer(NodeProto node) =>
        _constants.Contains(node.Input[1]) && !_whole.Contains(node.Input[1]) && !_constants.Contains(node.Input[0]) && (node.Input.Count < 3 || node.Input[2].Length == 0 || _constants.Contains(node.Input[2]))
        && (node.OpType != "Gemm" || node.Attribute.All(attribute => attribute.Name is not ("alpha" or "beta" or "transA") || (attribute.Name == "transA" ? attribute.I == 0 : attribute.F == 1)));
}

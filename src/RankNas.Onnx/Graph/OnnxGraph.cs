using System.Collections.Immutable;
using System.Globalization;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>An ONNX graph in the making.</summary>
internal sealed class OnnxGraph : INetworkGraph
{
    // A message of protocol buffers, which a model is, ends at 2 GB; some are for what is not weights.
    private const long MostBytes = 2_000_000_000;

    private readonly OnnxOptions _options;
    private readonly Dictionary<nn.Module, string> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, OnnxConstant> _constants = [];
    private readonly Stack<string> _describing = [];
    private List<OnnxNode> _nodes = [];
    private long _bytes;

    public OnnxGraph(nn.Module network, NetworkShape shape, OnnxOptions options)
    {
        _options = options;
        AddPaths(network, "");
        Input = new OnnxValue(UniqueName(options.InputName), [shape.Channels, shape.Height, shape.Width]);
        _ = UniqueName(options.OutputName);
    }

    public OnnxValue Input { get; }

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    public IEnumerable<OnnxConstant> Constants => _constants.Values;

    public OnnxValue Apply(nn.Module<Tensor, Tensor> layer, OnnxValue input)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(input);
        string path = PathOf(layer);
        _describing.Push(path);
        OnnxValue output = layer is IDescribedModule described
            ? Describe(described, path, input)
            : new LayerExport(this, layer, path.Length > 0 ? path : layer.GetType().Name).Apply(input);
        _describing.Pop();
        return output;
    }

    public OnnxValue Apply(GraphFunction operation, OnnxValue first, OnnxValue? second = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        (string name, bool takesTwo) = OperatorOf(operation);
        if (takesTwo != second is not null)
        {
            throw new ArgumentException($"{operation} takes {(takesTwo ? "two arguments" : "one argument")}.", nameof(second));
        }

        return second is null
            ? Add(name, NameOf(name), [first.Name], first.Shape)
            : Add(name, NameOf(name), [first.Name, second.Name], BroadcastShape(operation, first, second));
    }

    public OnnxValue Concatenate(params IReadOnlyList<OnnxValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || values.Any(value => !value.Shape.AsSpan()[1..].SequenceEqual(values[0].Shape.AsSpan()[1..])))
        {
            throw new ArgumentException($"Values of {Shapes(values)} cannot be joined along the channels: they must be alike but for these.", nameof(values));
        }

        return Add(
            "Concat", NameOf("Concat"), values.Select(value => value.Name), values[0].Shape.SetItem(0, values.Sum(value => value.Shape[0])),
            OnnxAttribute.Of("axis", 1));
    }

    public OnnxValue Flatten(OnnxValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add("Flatten", NameOf("Flatten"), [value.Name], [value.Shape.Aggregate(1L, (product, size) => product * size)], OnnxAttribute.Of("axis", 1));
    }

    public OnnxValue Zeros(params IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        string wholeShape = _options.BatchSize is { } size ? AddConstant(NameOf("shape"), [size, .. shape]) : ShapeWithBatch(shape);
        return Add("ConstantOfShape", NameOf("Zeros"), [wholeShape], [.. shape]);
    }

    /// <summary>Adds a node.</summary>
    /// <param name="op">The operator's name.</param>
    /// <param name="name">The node's name, made unique here; its output's too.</param>
    /// <param name="inputs">The names of what it takes.</param>
    /// <param name="shape">The shape of what it gives, without the batch.</param>
    /// <param name="attributes">Its settings.</param>
    public OnnxValue Add(string op, string name, IEnumerable<string> inputs, ImmutableArray<long> shape, params IEnumerable<OnnxAttribute> attributes)
    {
        string unique = UniqueName(name);
        var node = new OnnxNode(op, unique, [.. inputs], $"{unique}.output", [.. attributes]);
        _nodes.Add(node);
        return new OnnxValue(node.Output, shape);
    }

    /// <summary>Adds a tensor as a constant; where a module is applied again, its constants are shared.</summary>
    public string AddConstant(string name, Tensor tensor)
    {
        if (!_constants.ContainsKey(name))
        {
            ThrowIfUnwritable(name, tensor);
            _constants.Add(name, OnnxConstant.Of(name, tensor));
        }

        return name;
    }

    /// <summary>Adds numbers as a constant; where a module is applied again, its constants are shared.</summary>
    public string AddConstant(string name, ImmutableArray<long> shape, ReadOnlySpan<float> values)
    {
        _constants.TryAdd(name, OnnxConstant.Of(name, shape, values));
        return name;
    }

    /// <summary>Leaves out what does not lead to the output, folds BatchNorm if wanted, and gives the output its name.</summary>
    public OnnxValue Finish(OnnxValue output)
    {
        KeepWhatLeadsTo(output.Name);
        if (_options.FoldBatchNorm)
        {
            _nodes = new BatchNormFolding(_constants).Fold(_nodes, output.Name);
        }

        if (((string[])[_options.InputName, _options.OutputName]).FirstOrDefault(_constants.ContainsKey) is { } taken)
        {
            throw new OnnxExportException($"The network has weights called '{taken}': give the model's input or output another name.");
        }

        OnnxValue named = output with { Name = _options.OutputName };
        if (output == Input)
        {
            _nodes.Add(new OnnxNode("Identity", "Identity", [output.Name], named.Name, []));
        }

        _nodes = [.. _nodes.Select(node => node with
        {
            Output = node.Output == output.Name ? named.Name : node.Output,
            Inputs = [.. node.Inputs.Select(input => input == output.Name && output != Input ? named.Name : input)],
        })];
        return named;
    }

    private static (string Name, bool TakesTwo) OperatorOf(GraphFunction operation) => operation switch
    {
        GraphFunction.Add => ("Add", true),
        GraphFunction.Subtract => ("Sub", true),
        GraphFunction.Multiply => ("Mul", true),
        GraphFunction.Divide => ("Div", true),
        GraphFunction.Relu => ("Relu", false),
        GraphFunction.Sigmoid => ("Sigmoid", false),
        GraphFunction.Tanh => ("Tanh", false),
        GraphFunction.HardSwish => ("HardSwish", false),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such function."),
    };

    private static ImmutableArray<long> BroadcastShape(GraphFunction operation, OnnxValue first, OnnxValue second)
    {
        bool fits = first.Shape.Length == second.Shape.Length
            && first.Shape.Zip(second.Shape).All(sizes => sizes.First == sizes.Second || sizes.First == 1 || sizes.Second == 1);
        return fits
            ? [.. first.Shape.Zip(second.Shape, Math.Max)]
            : throw new ArgumentException($"{operation} does not fit values of {Shapes([first, second])}.", nameof(second));
    }

    private static string Shapes(IEnumerable<OnnxValue> values) => string.Join(" and ", values.Select(value => $"[{string.Join(", ", value.Shape)}]"));

    // What a user's description throws is about a module, and names none.
    private OnnxValue Describe(IDescribedModule module, string path, OnnxValue input)
    {
        string name = path.Length > 0 ? $"'{path}', a {module.GetType().Name}" : $"The network, a {module.GetType().Name}";
        try
        {
            return module.Describe(this, input)
                ?? throw new OnnxExportException($"{name}, cannot be exported to ONNX: its {nameof(IDescribedModule.Describe)} returns nothing; have it return the last step's value.");
        }
        catch (Exception exception) when (exception is not OnnxExportException)
        {
            throw new OnnxExportException(
                $"{name}, cannot be exported to ONNX: its {nameof(IDescribedModule.Describe)} fails with: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private void ThrowIfUnwritable(string name, Tensor tensor)
    {
        _bytes += sizeof(float) * tensor.numel();
        if (_bytes > MostBytes)
        {
            throw new OnnxExportException(string.Create(
                CultureInfo.InvariantCulture,
                $"The weights up to '{name}' take {_bytes / 1e9:0.0} GB as float32, but an ONNX file holds {MostBytes / 1e9:0} GB at most: export a smaller network, or its parts one by one."));
        }

        if (tensor.device_type == TorchSharp.DeviceType.META)
        {
            throw new OnnxExportException($"'{name}' has a shape but no numbers: it is on the device 'meta'. Move the network to the CPU and set its weights first.");
        }
    }

    private string ShapeWithBatch(IReadOnlyList<long> shape)
    {
        OnnxValue batch = Add("Shape", NameOf("Shape"), [Input.Name], [], OnnxAttribute.Of("start", 0L), OnnxAttribute.Of("end", 1L));
        return Add("Concat", NameOf("Concat"), [batch.Name, AddConstant(NameOf("shape"), [.. shape])], [], OnnxAttribute.Of("axis", 0L)).Name;
    }

    private string AddConstant(string name, ReadOnlySpan<long> values)
    {
        string unique = UniqueName(name);
        _constants.Add(unique, OnnxConstant.Of(unique, values));
        return unique;
    }

    // A module that its owner has not registered has a name of its own too: constants are told apart by it.
    private string PathOf(nn.Module layer)
    {
        if (!_paths.TryGetValue(layer, out string? path))
        {
            path = $"{layer.GetType().Name}#{_paths.Count}";
            AddPaths(layer, path);
        }

        return path;
    }

    private void AddPaths(nn.Module module, string path)
    {
        _paths.Add(module, path);
        foreach ((string name, nn.Module layer) in module.named_modules())
        {
            _paths.TryAdd(layer, path.Length > 0 ? $"{path}.{name}" : name);
        }
    }

    // After the module that is being described.
    private string NameOf(string step) => _describing.TryPeek(out string? path) && path.Length > 0 ? $"{path}.{step}" : step;

    private string UniqueName(string name)
    {
        string unique = name;
        for (int number = 2; !_names.Add(unique); number++)
        {
            unique = $"{name}_{number}";
        }

        return unique;
    }

    private void KeepWhatLeadsTo(string output)
    {
        HashSet<string> needed = [output];
        foreach (OnnxNode node in Enumerable.Reverse(_nodes).Where(node => needed.Contains(node.Output)))
        {
            needed.UnionWith(node.Inputs);
        }

        _nodes.RemoveAll(node => !needed.Contains(node.Output));
    }
}

using Google.Protobuf;
using Onnx;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using static RankNas.Onnx.OnnxMessages;
using static TorchSharp.torch;

namespace RankNas.Onnx;

/// <summary>Writes a graph with its weights as a model: what it computes in evaluation mode.</summary>
/// <remarks>Nodes have the graph's names, weights those of its parameters. What does not lead to the output is left out.</remarks>
internal sealed class OnnxWriter
{
    private readonly NetworkGraph _graph;
    private readonly OnnxOptions _options;
    private readonly GraphProto _model = new() { Name = "network" };
    private readonly OnnxConstants _constants;
    private readonly string[] _values;
    private readonly int[] _sources;
    private readonly int[] _reads;
    private string? _batch;

    public OnnxWriter(NetworkGraph graph, IReadOnlyDictionary<string, Tensor> weights, OnnxOptions options)
    {
        (_graph, _options) = (graph, options);
        _constants = new OnnxConstants(weights, _model.Initializer);
        _values = new string[graph.Nodes.Length];
        _sources = new int[graph.Nodes.Length];
        _reads = new int[graph.Nodes.Length];
    }

    public byte[] Write()
    {
        if (((string[])[_options.InputName, _options.OutputName]).FirstOrDefault(_constants.Has) is { } taken)
        {
            throw new OnnxExportException($"The network has weights called '{taken}': give the model's input or output another name.");
        }

        CountReads();
        _values[0] = InputNormalization.Write(_model, _constants, _graph.Shape, _options);
        GraphNode[] needed = [.. _graph.Nodes.Skip(1).Where(node => _reads[node.Index] > 0 && _sources[node.Index] == node.Index)];
        foreach (GraphNode node in needed.Except([.. needed.Where(FoldsIntoConvolution).Select(node => Source(node))]))
        {
            Write(node);
        }

        _model.Input.Add(Value(_options.InputName, _options.BatchSize, _graph.Input.Shape));
        _model.Output.Add(Value(_options.OutputName, _options.BatchSize, _graph.Output.Shape));
        var file = new ModelProto { IrVersion = IrVersionOf(_options.Opset), ProducerName = "RankNas", Graph = _model, OpsetImport = { new OperatorSetIdProto { Version = _options.Opset } } };
        file.MetadataProps.AddRange(
            InputNormalization.Metadata(_options).Where(pair => !_options.Metadata.ContainsKey(pair.Key)).Concat(_options.Metadata).OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        return file.ToByteArray();
    }

    // The version that came out with each set of operators.
    private static long IrVersionOf(int opset) => opset switch { <= 18 => 8, <= 20 => 9, _ => 10 };

    // How often each value is read by what leads to the output; an identity's readers read what it reads.
    private void CountReads()
    {
        foreach (GraphNode node in _graph.Nodes)
        {
            _sources[node.Index] = node.Operation is IdentityOperation or DropoutOperation ? _sources[node.Inputs[0]] : node.Index;
        }

        _reads[_sources[_graph.Output.Index]] = 1;
        foreach (GraphNode node in _graph.Nodes.Reverse().Where(node => _reads[node.Index] > 0))
        {
            foreach (int input in node.Inputs)
            {
                _reads[_sources[input]]++;
            }
        }
    }

    private GraphNode Source(GraphNode node, int input = 0) => _graph.Nodes[_sources[node.Inputs[input]]];

    private string Read(GraphNode node, int input = 0) => _values[Source(node, input).Index];

    private bool FoldsIntoConvolution(GraphNode node) =>
        _options.FoldBatchNorm && node.Operation is BatchNormOperation && Source(node) is { Operation: ConvolutionOperation } convolution && _reads[convolution.Index] == 1;

    private void Write(GraphNode node)
    {
        string x = node.Inputs.IsEmpty ? "" : Read(node);
        switch (node.Operation)
        {
            case ConvolutionOperation convolution:
                Convolve(node, x, node.Name, convolution, [_constants.Weight($"{node.Name}.weight"), .. Bias(node, convolution.HasBias)]);
                break;
            case BatchNormOperation when FoldsIntoConvolution(node):
                GraphNode before = Source(node);
                Convolve(node, Read(before), before.Name, (ConvolutionOperation)before.Operation, Folded(before, node));
                break;
            case BatchNormOperation { Epsilon: var epsilon }:
                Add(node, "BatchNormalization", [x, .. Weights(node, "weight", "bias", "running_mean", "running_var")], Attribute("epsilon", epsilon));
                break;
            case LayerNormOperation { Epsilon: var epsilon }:
                Require(node, _options.Opset >= 17, "LayerNorm needs an Opset of 17 at least");
                Add(node, "LayerNormalization", [x, .. Weights(node, "weight", "bias")], Attribute("epsilon", epsilon));
                break;
            case LinearOperation linear when node.Shape.Length == 1:
                Add(node, "Gemm", [x, _constants.Weight($"{node.Name}.weight"), .. Bias(node, linear.HasBias)], Attribute("transB", 1));
                break;
            case LinearOperation { HasBias: var hasBias }:
                string weight = _constants.Weight($"{node.Name}.weight", isTransposed: true);
                if (hasBias)
                {
                    Add(node, "Add", [Step(node, "product", "MatMul", [x, weight]), .. Bias(node, hasBias)]);
                }
                else
                {
                    Add(node, "MatMul", [x, weight]);
                }

                break;
            case ActivationOperation activation:
                Activate(node, activation, x);
                break;
            case PoolingOperation pooling:
                Pool(node, pooling, x);
                break;
            case GlobalPoolingOperation { Kind: var kind, KeepsDimensions: var keeps }:
                string op = kind == PoolingKind.Average ? "GlobalAveragePool" : "GlobalMaxPool";
                if (keeps)
                {
                    Add(node, op, [x]);
                }
                else
                {
                    Add(node, "Flatten", [Step(node, "pooled", op, [x])]);
                }

                break;
            case AddOperation:
                Add(node, node.Inputs.Length == 2 ? "Add" : "Sum", Aligned(node));
                break;
            case MultiplyOperation:
                Add(node, "Mul", Aligned(node));
                break;
            case MatrixProductOperation:
                Add(node, "MatMul", Aligned(node));
                break;
            case ConcatenateOperation concatenate:
                Add(node, "Concat", [.. node.Inputs.Select((_, input) => Read(node, input))], Attribute("axis", concatenate.Axis + 1));
                break;
            case SliceOperation slice:
                Add(node, "Slice", [x, Whole(node, "starts", slice.Start), Whole(node, "ends", slice.Start + slice.Length), Whole(node, "axes", slice.Axis + 1)]);
                break;
            case ReshapeOperation:
                Add(node, "Reshape", [x, Shape(node, "shape", node.Shape)]);
                break;
            case TransposeOperation transpose:
                Add(node, "Transpose", [x], Attribute("perm", [0, .. transpose.Axes.Select(axis => axis + 1L)]));
                break;
            case SoftmaxOperation softmax:
                Add(node, "Softmax", [x], Attribute("axis", softmax.Axis + 1));
                break;
            case ScaleOperation scale:
                Add(node, "Mul", [x, Number(node, "factor", scale.Factor)]);
                break;
            case ZerosOperation:
                Add(node, "ConstantOfShape", [ShapeWithBatch(node, node.Shape)]);
                break;
            case ClassTokenOperation:
                string token = Step(node, "expanded", "Expand", [_constants.Weight(node.Name), ShapeWithBatch(node, [1, node.Shape[1]])]);
                Add(node, "Concat", [token, x], Attribute("axis", 1));
                break;
            case PositionEmbeddingOperation:
                Add(node, "Add", [x, _constants.Weight(node.Name)]);
                break;
            default:
                throw new NotSupportedException($"'{node.Name}', a {node.Operation.GetType().Name}, has no ONNX operator.");
        }
    }

    private void Convolve(GraphNode node, string input, string name, ConvolutionOperation convolution, IEnumerable<string> weights) => Add(
        node, "Conv", [input, .. weights], name,
        Attribute("dilations", Pair(convolution.Dilation)), Attribute("group", convolution.Groups), Attribute("kernel_shape", Pair(convolution.Kernel)),
        Attribute("pads", [.. Pair(convolution.Padding), .. Pair(convolution.Padding)]), Attribute("strides", Pair(convolution.Stride)));

    // γ (w ∗ x + b − μ) / √(σ² + ε) + β is a convolution by w γ / √(σ² + ε) with the bias (b − μ) γ / √(σ² + ε) + β.
    private IEnumerable<string> Folded(GraphNode convolution, GraphNode normalization)
    {
        float[] Of(string name) => _constants.Values($"{normalization.Name}.{name}");
        (float[] scale, float[] shift, float[] mean, float[] variance) = (Of("weight"), Of("bias"), Of("running_mean"), Of("running_var"));
        float[] weights = _constants.Values($"{convolution.Name}.weight");
        float[] biases = ((ConvolutionOperation)convolution.Operation).HasBias ? _constants.Values($"{convolution.Name}.bias") : new float[scale.Length];
        int filter = weights.Length / scale.Length;
        for (int channel = 0; channel < scale.Length; channel++)
        {
            double factor = scale[channel] / Math.Sqrt(variance[channel] + ((BatchNormOperation)normalization.Operation).Epsilon);
            biases[channel] = (float)((((double)biases[channel] - mean[channel]) * factor) + shift[channel]);
            foreach (ref float value in weights.AsSpan(channel * filter, filter))
            {
                value = (float)(value * factor);
            }
        }

        yield return _constants.Add($"{convolution.Name}.weight.folded", _constants.ShapeOf($"{convolution.Name}.weight"), weights);
        yield return _constants.Add($"{convolution.Name}.bias.folded", [biases.Length], biases);
    }

    // A last window that is not whole has padding at the end, which counts neither in a maximum nor in a mean: runtimes round up differently.
    private void Pool(GraphNode node, PoolingOperation pooling, string x)
    {
        bool isAverage = pooling.Kind == PoolingKind.Average, counts = isAverage && pooling.CountsPadding;
        Size2D before = pooling.Padding;
        Size2D after = (End(1, pooling.Kernel.Height, pooling.Stride.Height, before.Height), End(2, pooling.Kernel.Width, pooling.Stride.Width, before.Width));
        if (counts && (after.Height > before.Height || after.Width > before.Width))
        {
            x = Step(node, "padded", "Pad", [x, Shape(node, "pads", [0, 0, before.Height, before.Width, 0, 0, before.Height, before.Width], batch: null)]);
            after = (Math.Max(0, after.Height - before.Height), Math.Max(0, after.Width - before.Width));
            (before, counts) = (0, false);
        }

        Add(
            node, isAverage ? "AveragePool" : "MaxPool", [x],
            [
                Attribute("kernel_shape", Pair(pooling.Kernel)), Attribute("pads", [.. Pair(before), .. Pair(after)]), Attribute("strides", Pair(pooling.Stride)),
                .. counts ? (AttributeProto[])[Attribute("count_include_pad", 1)] : [],
            ]);

        int End(int axis, int kernel, int stride, int padding) => Math.Max(0, ((node.Shape[axis] - 1) * stride) + kernel - Source(node).Shape[axis] - padding);
    }

    private void Activate(GraphNode node, ActivationOperation activation, string x)
    {
        string Times(string value, double factor, string name) => Step(node, $"{name}.product", "Mul", [value, Number(node, name, factor)]);
        switch (activation.Function)
        {
            case ActivationFunction.Relu6:
                Add(node, "Clip", [x, Number(node, "min", 0), Number(node, "max", 6)]);
                break;
            case ActivationFunction.LeakyRelu:
                Add(node, "LeakyRelu", [x], Attribute("alpha", activation.Slope));
                break;
            case ActivationFunction.HardSigmoid:
                Add(node, "HardSigmoid", [x], Attribute("alpha", 1.0 / 6), Attribute("beta", 0.5));
                break;
            case ActivationFunction.Silu:
                Add(node, "Mul", [x, Step(node, "sigmoid", "Sigmoid", [x])]);
                break;
            case ActivationFunction.Mish:
                Add(node, "Mul", [x, Step(node, "tanh", "Tanh", [Step(node, "softplus", "Softplus", [x])])]);
                break;
            case ActivationFunction.Gelu:
                // x/2 · (1 + erf(x/√2))
                string erf = Step(node, "erf", "Erf", [Times(x, 1 / Math.Sqrt(2), "scale")]);
                Add(node, "Mul", [Times(x, 0.5, "half"), Step(node, "sum", "Add", [erf, Number(node, "one", 1)])]);
                break;
            default:
                Add(node, activation.Function.ToString(), [x]);
                break;
        }
    }

    // The batch stays in front: what has fewer dimensions gets 1 after it.
    private string[] Aligned(GraphNode node) => [.. node.Inputs.Select((_, input) =>
    {
        GraphNode source = Source(node, input);
        int missing = node.Shape.Length - source.Shape.Length;
        return missing == 0
            ? Read(node, input)
            : Step(node, $"aligned{input}", "Reshape", [Read(node, input), Shape(node, $"shape{input}", [.. Enumerable.Repeat(1, missing), .. source.Shape])]);
    })];

    private IEnumerable<string> Weights(GraphNode node, params IEnumerable<string> suffixes) => suffixes.Select(suffix => _constants.Weight($"{node.Name}.{suffix}"));

    private IEnumerable<string> Bias(GraphNode node, bool hasBias) => hasBias ? Weights(node, "bias") : [];

    private string Number(GraphNode node, string name, double value) => _constants.Add($"{node.Name}.{name}", [], [(float)value]);

    private string Whole(GraphNode node, string name, int value) => _constants.Add($"{node.Name}.{name}", value);

    // 0 is a dimension as it is.
    private string Shape(GraphNode node, string name, IEnumerable<int> shape, long? batch = 0) =>
        _constants.Add($"{node.Name}.{name}", [.. batch is { } size ? (long[])[size] : [], .. shape.Select(length => (long)length)]);

    private string ShapeWithBatch(GraphNode node, IEnumerable<int> shape)
    {
        if (_options.BatchSize is { } size)
        {
            return Shape(node, "shape", shape, size);
        }

        _batch ??= Add("Shape", "batch.size", [_options.InputName], "batch.size.output", Attribute("start", 0), Attribute("end", 1));
        return Step(node, "whole_shape", "Concat", [_batch, Shape(node, "shape", shape, batch: null)], Attribute("axis", 0));
    }

    private static long[] Pair(Size2D size) => [size.Height, size.Width];

    private static void Require(GraphNode node, bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new OnnxExportException($"'{node.Name}' cannot be exported to ONNX: {otherwise}.");
        }
    }

    private string Step(GraphNode node, string step, string op, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        Add(op, $"{node.Name}.{step}", inputs, $"{node.Name}.{step}.output", attributes);

    private void Add(GraphNode node, string op, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) => Add(node, op, inputs, node.Name, attributes);

    private void Add(GraphNode node, string op, IEnumerable<string> inputs, string name, params IEnumerable<AttributeProto> attributes) =>
        _values[node.Index] = Add(op, name, inputs, node.Index == _sources[_graph.Output.Index] ? _options.OutputName : $"{node.Name}.output", attributes);

    private string Add(string op, string name, IEnumerable<string> inputs, string output, params IEnumerable<AttributeProto> attributes)
    {
        _model.Node.Add(new NodeProto { OpType = op, Name = name, Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return output;
    }
}

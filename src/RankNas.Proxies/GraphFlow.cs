using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Synaptic flow through a graph there and back, for one image, without automatic differentiation.</summary>
/// <remarks>
/// libtorch's backward passes of convolutions are not safe beside other passes (see <see cref="GradientPasses"/>); these matrix products are, whatever
/// other threads do. Values are kept in range by powers of two, which are exact: each knows its own, and where two meet they get the larger. What is
/// computed is R divided by one power of two, so that all gradients share it.
/// </remarks>
internal sealed class GraphFlow
{
    // Looking at values takes time: every so many layers it is done, and values beyond 2 to this power are divided.
    private const int LayersBetweenLooks = 3;
    private const int MostLog2 = 40;

    private readonly IZeroCostProxy _proxy;
    private readonly IGraphNetwork _network;
    private readonly NetworkGraph _graph;
    private readonly FlowValue[] _values;
    private readonly FlowPooling _pooling = new();
    private readonly SynapticFlow _flow;
    private readonly bool _keepsInRange;
    private readonly Stack<Action> _backward = [];

    private GraphFlow(IZeroCostProxy proxy, IGraphNetwork network, SynapticFlow flow, bool keepsInRange)
    {
        (_proxy, _network, _graph, _flow, _keepsInRange) = (proxy, network, network.Graph, flow, keepsInRange);
        _values = new FlowValue[_graph.Nodes.Length];
    }

    /// <summary>Computes the flow.</summary>
    /// <param name="proxy">The proxy, which errors name.</param>
    /// <param name="network">The network.</param>
    /// <param name="image">The image of ones, <c>[C, H, W]</c>, in the dtype to compute in.</param>
    /// <param name="flow">Takes each layer, whose tensors live no longer.</param>
    /// <param name="keepsInRange">Whether values are looked at and divided where they grow; else those beyond the dtype's range are infinite.</param>
    /// <exception cref="ProxyNotApplicableException">The network cannot be made linear and positive, or nothing flows.</exception>
    public static void Compute(IZeroCostProxy proxy, IGraphNetwork network, Tensor image, SynapticFlow flow, bool keepsInRange = true)
    {
        GraphNode[] weighted = [.. network.Graph.Nodes.Where(node => node.Operation is ConvolutionOperation or LinearOperation)];
        ProxyNotApplicableException.ThrowIfNone(weighted.Length, proxy, "convolution or linear layer", hint: null);
        ProxyNotApplicableException.ThrowIfNone(weighted.Count(network.Graph.IsLive), proxy, "weight that the logits depend on", hint: null);
        using IDisposable guard = no_grad();
        new GraphFlow(proxy, network, flow, keepsInRange).Run(image);
    }

    private void Run(Tensor image)
    {
        foreach (GraphNode node in _graph.Nodes.Where(_graph.IsLive))
        {
            FlowValue[] inputs = [.. node.Inputs.Select(input => _values[input])];
            _values[node.Index] = IsZero(node, inputs)
                ? Zeros(image.new_zeros(1).expand([.. node.Shape.Select(size => (long)size)]), log2: 0)
                : node.Operation is InputOperation ? new FlowValue(image) { IsConstant = true } : Apply(node, inputs);
        }

        FlowValue logits = _values[_graph.Output.Index];
        logits.AddGradient(ones_like(logits.Features));
        while (_backward.TryPop(out Action? step))
        {
            step();
        }
    }

    // Activations and normalisations are the identity, save gates and softmax, which are bounded. A gate is open: what it multiplies passes. Its own weights get no flow.
    private bool IsZero(GraphNode node, FlowValue[] inputs) => node.Operation switch
    {
        ZerosOperation => true,
        InputOperation or ConvolutionOperation { HasBias: true } or LinearOperation { HasBias: true } or ClassTokenOperation or PositionEmbeddingOperation => false,
        SoftmaxOperation => false,
        MultiplyOperation when _graph.GatedInputOf(node) is { } gated => inputs[gated].IsZero,
        MultiplyOperation or MatrixProductOperation => inputs.Any(input => input.IsZero),
        _ => inputs.All(input => input.IsZero),
    };

    private FlowValue Apply(GraphNode node, FlowValue[] inputs) => node.Operation switch
    {
        BatchNormOperation or LayerNormOperation or ActivationOperation or DropoutOperation or IdentityOperation => inputs[0],
        ConvolutionOperation convolution => Convolve(node, convolution, inputs[0]),
        LinearOperation linear => Multiply(node, linear, inputs[0]),
        PoolingOperation pooling => Step(inputs, _pooling.Apply(pooling, inputs[0].Features, node)),
        GlobalPoolingOperation pooling => Step(inputs, FlowPooling.Apply(pooling, inputs[0].Features)),
        AddOperation => Add(node, inputs),
        MultiplyOperation when _graph.GatedInputOf(node) is { } gated => inputs[gated],
        SoftmaxOperation softmax when WeighsValues(node) => Average(inputs[0], softmax.Axis),
        MultiplyOperation => InRange(Step(inputs, FlowFunctions.Multiply(inputs[0].Features, inputs[1].Features), inputs[0].Log2 + inputs[1].Log2)),
        MatrixProductOperation => InRange(Step(inputs, FlowFunctions.MatrixProduct(inputs[0].Features, inputs[1].Features), inputs[0].Log2 + inputs[1].Log2)),
        ConcatenateOperation concatenate => Concatenate(Align(inputs), concatenate.Axis),
        SliceOperation slice => Step(inputs, FlowFunctions.Slice(inputs[0].Features, slice)),
        ReshapeOperation => Step(inputs, FlowFunctions.Reshape(inputs[0].Features, node.Shape)),
        TransposeOperation transpose => Step(inputs, FlowFunctions.Transpose(inputs[0].Features, transpose)),
        ScaleOperation { Factor: >= 0 } scale => Step(inputs, FlowFunctions.Scale(inputs[0].Features, scale.Factor)),
        ScaleOperation => throw new ProxyNotApplicableException($"{_proxy.Id} is not defined for '{node.Name}', a factor below 0, which makes a flow negative"),
        ClassTokenOperation => Step(inputs, ClassToken(node, inputs[0])),
        PositionEmbeddingOperation => Step(inputs, new FlowStep(inputs[0].Features.Plus(Offset(node.Name, inputs[0]).view(inputs[0].Features.Sizes())), gradient => gradient)),
        _ => throw new ProxyNotApplicableException($"{_proxy.Id} is not defined for '{node.Name}' ({node.Operation.GetType().Name}), which is neither linear nor becomes so"),
    };

    // Only as the weights of attention: elsewhere it would cut off all that comes before it.
    private bool WeighsValues(GraphNode node) => node.Index != _graph.Output.Index
        && _graph.ReadersOf(node).All(reader => reader.Operation is MatrixProductOperation && reader.Inputs[0] == node.Index && reader.Inputs[1] != node.Index);

    // Softmax of equal values, a mean: what it weighs passes, and what the weights come of gets no flow.
    private static FlowValue Average(FlowValue input, int axis) =>
        new(ones_like(input.Features).Times(1.0 / input.Features.size(axis))) { IsConstant = true };

    private FlowValue Convolve(GraphNode node, ConvolutionOperation convolution, FlowValue input)
    {
        GraphNode source = _graph.Nodes[node.Inputs[0]];
        IFlowConvolution form = FlowDepthwise.Suits(convolution, source, input.Features) ? new FlowDepthwise(convolution, source, node) : new FlowConvolution(convolution, source, node);
        using Tensor weight = Positive($"{node.Name}.weight", input);
        Tensor matrix = form.MatrixOf(weight);
        Tensor pixels = Pixels(input.Features);
        Tensor output = form.Apply(pixels, matrix);
        output = convolution.HasBias ? output.Plus(Offset($"{node.Name}.bias", input)) : output;
        var step = new FlowStep(output.permute(2, 0, 1), gradient => form.GradientByInput(matrix, Pixels(gradient)).permute(2, 0, 1));
        return Weigh(input, step, matrix, gradient => form.GradientByWeight(pixels, Pixels(gradient)));
    }

    private FlowValue Multiply(GraphNode node, LinearOperation linear, FlowValue input)
    {
        Tensor weight = Positive($"{node.Name}.weight", input);
        Tensor rows = Rows(input.Features);
        Tensor output = rows.mm(weight.t());
        output = linear.HasBias ? output.Plus(Offset($"{node.Name}.bias", input)) : output;
        long[] before = input.Features.Sizes();
        var step = new FlowStep(output.view([.. before[..^1], weight.size(0)]), gradient => Rows(gradient).mm(weight).view(before));
        return Weigh(input, step, weight, gradient => Rows(gradient).t().mm(rows));
    }

    private FlowValue Weigh(FlowValue input, FlowStep step, Tensor weight, Func<Tensor, Tensor> gradientByWeight)
    {
        FlowValue output = Step([input], step);
        _backward.Push(() =>
        {
            if (output.Gradient is { } gradient)
            {
                using DisposeScope scope = NewDisposeScope();
                _flow.Take(weight, gradientByWeight(gradient), _values[_graph.Output.Index].Log2);
            }
        });
        return InRange(output);
    }

    // Zeros add nothing, unless the sum has their shape alone.
    private FlowValue Add(GraphNode node, FlowValue[] inputs)
    {
        FlowValue[] terms = [.. inputs.Where(input => !input.IsZero)];
        terms = Align(terms.Any(term => term.Features.Sizes().Select(size => (int)size).SequenceEqual(node.Shape)) ? terms : inputs);
        return terms is [var only] ? only : Step(terms, FlowFunctions.Add(FeaturesOf(terms)));
    }

    private FlowValue Concatenate(FlowValue[] parts, int axis) => Step(parts, FlowFunctions.Concatenate(FeaturesOf(parts), axis));

    private FlowStep ClassToken(GraphNode node, FlowValue input)
    {
        Tensor token = Offset(node.Name, input).view(1, -1);
        return new FlowStep(cat([token, input.Features], 0), gradient => gradient.narrow(0, 1, gradient.size(0) - 1));
    }

    private Tensor Positive(string name, FlowValue input)
    {
        using DisposeScope scope = NewDisposeScope();
        return _network.Weight(name).detach().abs().to(input.Features.dtype).MoveToOuterDisposeScope();
    }

    // What is added to a value is divided as it is.
    private Tensor Offset(string name, FlowValue input) =>
        input.Log2 == 0 ? Positive(name, input) : Positive(name, input).Times(Math.ScaleB(1, -input.Log2));

    // The image in NHWC, [H, W, C].
    private static Tensor Pixels(Tensor features) => features.permute(1, 2, 0).contiguous();

    private static Tensor Rows(Tensor features) => features.reshape(-1, features.size(-1));

    private static FlowValue Zeros(Tensor features, int log2) => new(features, log2) { IsZero = true, IsConstant = true };

    private static Tensor[] FeaturesOf(FlowValue[] values) => [.. values.Select(value => value.Features)];

    private FlowValue[] Align(FlowValue[] values)
    {
        int log2 = values.Where(value => !value.IsZero).Select(value => value.Log2).DefaultIfEmpty(0).Max();
        return [.. values.Select(value => value.IsZero ? Zeros(value.Features, log2) : Divide(value, log2))];
    }

    private FlowValue InRange(FlowValue value)
    {
        value.Layers++;
        if (!_keepsInRange || value.Layers < LayersBetweenLooks)
        {
            return value;
        }

        value.Layers = 0;
        double largest = value.Features.max().to(ScalarType.Float64).ReadNumber();
        if (!double.IsFinite(largest) && value.Features.dtype == ScalarType.Float64)
        {
            throw new ProxyNotApplicableException($"{_proxy.Id} saw a flow beyond what float64 holds");
        }

        return largest > 0 && double.IsFinite(largest) && Math.Abs(Math.ILogB(largest)) > MostLog2 ? Divide(value, value.Log2 + Math.ILogB(largest)) : value;
    }

    private FlowValue Divide(FlowValue value, int log2) =>
        value.Log2 == log2 ? value : Step([value], FlowFunctions.Scale(value.Features, Math.ScaleB(1, value.Log2 - log2)), log2);

    private FlowValue Step(FlowValue[] inputs, FlowStep step) => Step(inputs, step, inputs[0].Log2);

    private FlowValue Step(FlowValue[] inputs, FlowStep step, int log2)
    {
        var output = new FlowValue(step.Output, log2) { Layers = inputs.Max(input => input.Layers) };
        _backward.Push(() =>
        {
            // All that leads on from the output has added to it.
            using Tensor? gradient = output.TakeGradient();
            if (gradient is not null)
            {
                using DisposeScope scope = NewDisposeScope();
                foreach ((FlowValue input, Func<Tensor, Tensor> by) in inputs.Zip(step.GradientsByInputs))
                {
                    if (!input.IsConstant)
                    {
                        input.AddGradient(by(gradient));
                    }
                }
            }
        });
        return output;
    }
}

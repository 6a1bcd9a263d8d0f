using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Proxies;
using RankNas.Torch.Modules;

namespace RankNas.Torch;

/// <summary>A graph's network without layers: weights by name, for passes over the graph.</summary>
/// <remarks>
/// TorchSharp's modules take time to make, and leave 64 bytes each that nobody can free: a network has hundreds of them, a search thousands of networks.
/// </remarks>
internal sealed class GraphWeights : nn.Module<Tensor, Tensor>, IGraphNetwork
{
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Dictionary<int, nn.Module<Tensor, Tensor>> _layers = [];

    /// <summary>Makes room on the CPU for a graph's weights, with whatever is in memory.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="dtype">The weights' dtype; null for those who read none.</param>
    /// <param name="newTensor">Makes a tensor of a dtype and a shape, with whatever is in memory; null for libtorch's.</param>
    public GraphWeights(NetworkGraph graph, ScalarType? dtype, Func<ScalarType, long[], Tensor>? newTensor = null)
        : base(nameof(GraphWeights))
    {
        Graph = graph;
        newTensor ??= static (dtype, shape) => empty(shape, dtype: dtype, device: CPU);
        _weights = (dtype is null ? [] : graph.Parameters).ToDictionary(
            parameter => parameter.Name,
            parameter => newTensor(dtype!.Value, [.. parameter.Shape.Select(size => (long)size)]).DetachFromDisposeScope(),
            StringComparer.Ordinal);
    }

    public NetworkGraph Graph { get; }

    /// <summary>Moves the weights to a device by one copy: each by itself would wait for the device as often as there are weights.</summary>
    /// <param name="device">The device.</param>
    public void MoveTo(Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Tensor there = cat([.. _weights.Values.Select(weight => weight.flatten())], 0).to(device);
        long start = 0;
        foreach ((string name, Tensor weight) in _weights.ToArray())
        {
            _weights[name] = there.narrow(0, start, weight.numel()).view(weight.Sizes()).DetachFromDisposeScope();
            start += weight.numel();
            weight.Dispose();
        }
    }

    public Tensor Weight(string name) => _weights[name];

    public Tensor Compute(GraphNode node, Tensor[] inputs, Tensor sample) => GraphFunctions.Apply(this, node, inputs, sample, Apply);

    /// <summary>Runs the network as a module, with all its layers: slow, and seldom needed.</summary>
    public override Tensor forward(Tensor input)
    {
        using var module = new GraphModule(Graph);
        using IDisposable guard = no_grad();
        module.to(_weights.Values.Select(weight => weight.dtype).FirstOrDefault(ScalarType.Float32)).to(input.device);
        foreach ((string name, Tensor weight) in _weights)
        {
            module.Weight(name).copy_(weight);
        }

        using var state = new NetworkStateGuard(module);
        state.UseBatchStatistics();
        return module.call(input);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (IDisposable held in _weights.Values.Concat<IDisposable>(_layers.Values))
            {
                held.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private Tensor Apply(GraphNode node, Tensor input) => node.Operation switch
    {
        LinearOperation linear => nn.functional.linear(input, Weight($"{node.Name}.weight"), linear.HasBias ? Weight($"{node.Name}.bias") : null),
        LayerNormOperation normalization => nn.functional.layer_norm(
            input, [node.Shape[^1]], Weight($"{node.Name}.weight"), Weight($"{node.Name}.bias"), normalization.Epsilon),
        ConvolutionOperation or BatchNormOperation => throw new NotSupportedException($"'{node.Name}' is left to those who pass over the graph."),
        _ => LayerOf(node).forward(input),
    };

    // Layers without weights, of which few are left to libtorch.
    private nn.Module<Tensor, Tensor> LayerOf(GraphNode node)
    {
        if (!_layers.TryGetValue(node.Index, out nn.Module<Tensor, Tensor>? layer))
        {
            _layers.Add(node.Index, layer = GraphLayers.Of(Graph, node)!);
        }

        return layer;
    }
}

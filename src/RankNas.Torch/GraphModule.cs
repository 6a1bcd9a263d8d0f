using System.Collections.Immutable;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Proxies;
using RankNas.Torch.Modules;
using TorchSharp.Modules;

namespace RankNas.Torch;

/// <summary>A graph as a module: trainable, on any device, in any dtype, with the graph's parameter names. Made by <see cref="GraphModuleExtensions.ToModule"/>.</summary>
/// <remarks>
/// Layers and blocks are TorchSharp modules, run by <c>call</c>, so that hooks see them; sums, products and reshapes are functions. The input is images
/// <c>[N, C, H, W]</c>, the output logits <c>[N, classes]</c>.
/// </remarks>
public sealed class GraphModule : nn.Module<Tensor, Tensor>, IGraphScope, IGraphNetwork
{
    private readonly nn.Module<Tensor, Tensor>?[] _layers;
    private readonly ImmutableArray<GraphBlockModule> _blocks;

    // Who holds each parameter: conversions to another dtype or device put others in their place.
    private readonly Dictionary<string, nn.Module> _owners = new(StringComparer.Ordinal);
    private readonly ILookup<int, int> _releases;

    internal GraphModule(NetworkGraph graph)
        : base(nameof(GraphModule))
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Graph = graph;
        _layers = [.. graph.Nodes.Select(node => GraphLayers.Of(graph, node))];
        _releases = ReleasesOf(graph);
        _blocks = [.. graph.Blocks.Select((block, index) => new GraphBlockModule(input => Run(index, block.Input, input, block.Output)))];
        Register(GraphTree.Of(graph), this, graph.Blocks.Zip(_blocks).ToDictionary(pair => pair.First.Name, nn.Module (pair) => pair.Second, StringComparer.Ordinal));
    }

    /// <summary>Gets the graph that the module computes.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>Gets the blocks, in topological order, each from features <c>[N, C, H, W]</c> to features.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Blocks => _blocks;

    /// <summary>Gets the layers and blocks of some nodes.</summary>
    internal IEnumerable<nn.Module> ModulesWhere(Func<GraphNode, bool> condition) => [
        .. Graph.Nodes.Where(condition).Select(node => _layers[node.Index]).OfType<nn.Module>(),
        .. Graph.Blocks.Zip(_blocks).Where(pair => condition(Graph.Nodes[pair.First.Output])).Select(pair => pair.Second),
    ];

    /// <summary>Gets a trainable tensor of the network.</summary>
    /// <param name="name">Its full name.</param>
    internal Parameter Weight(string name) => _owners[name].get_parameter(GraphTree.NameOf(name))!;

    Tensor IGraphNetwork.Weight(string name) => Weight(name);

    void IGraphScope.Add(string name, nn.Module module) => register_module(name, module);

    void IGraphScope.Add(string name, Parameter parameter) => register_parameter(name, parameter);

    /// <inheritdoc/>
    public override Tensor forward(Tensor images)
    {
        using Tensor input = TensorLayout.ChannelsLast(images);
        return Run(block: -1, Graph.Input.Index, input, Graph.Output.Index);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        nn.Module[] layers = disposing ? [.. modules()] : [];
        base.Dispose(disposing);
        NativeModules.Free(layers);
    }

    // Values are disposed as soon as nobody reads them any more: what gradients need, libtorch keeps by itself.
    private Tensor Run(int block, int source, Tensor input, int target)
    {
        using DisposeScope scope = NewDisposeScope();
        var values = new Tensor?[Graph.Nodes.Length];
        values[source] = input.alias();
        foreach (GraphNode node in Graph.Nodes.AsSpan()[(source + 1)..])
        {
            if (node.Block == block)
            {
                values[node.Index] = GraphFunctions.Apply(
                    this, node, [.. node.Inputs.Select(index => values[index]!)], input, Call);
            }
            else if (block < 0 && Graph.Blocks[node.Block].Output == node.Index)
            {
                values[node.Index] = _blocks[node.Block].call(values[Graph.Blocks[node.Block].Input]!);
            }

            foreach (int index in _releases[node.Index].Where(index => index != target))
            {
                values[index]?.Dispose();
            }
        }

        return values[target]!.alias().MoveToOuterDisposeScope();
    }

    private Tensor Call(GraphNode node, Tensor input)
    {
        nn.Module<Tensor, Tensor> layer = _layers[node.Index]!;
        if (!IsFasterInNchw(node))
        {
            return layer.call(input);
        }

        using DisposeScope scope = NewDisposeScope();
        return TensorLayout.ChannelsLast(layer.call(input.contiguous())).MoveToOuterDisposeScope();
    }

    // BatchNorm of few channels that fill no vector: libtorch takes two to eight times as long for it in NHWC, gradients included.
    private static bool IsFasterInNchw(GraphNode node) => node is { Operation: BatchNormOperation, Shape: [> 1 and < 16 and not 8, _, _] };

    Tensor IGraphNetwork.Compute(GraphNode node, Tensor[] inputs, Tensor sample) =>
        GraphFunctions.Apply(this, node, inputs, sample, (applied, input) => _layers[applied.Index]!.forward(input));

    private void Register(GraphTree place, IGraphScope scope, Dictionary<string, nn.Module> blocks)
    {
        foreach (GraphTree child in place.Children)
        {
            nn.Module module = child.Layer is { } node ? _layers[node.Index]! : blocks.GetValueOrDefault(child.Path) ?? new GraphScope();
            scope.Add(GraphTree.NameOf(child.Path), module);
            if (module is IGraphScope inner)
            {
                Register(child, inner, blocks);
            }

            foreach (GraphParameter parameter in child.Layer is null ? [] : child.Parameters)
            {
                _owners.Add(parameter.Name, module);
            }
        }

        foreach (GraphParameter parameter in place.Layer is null ? place.Parameters : [])
        {
            Parameter own = GraphLayers.Parameter([.. parameter.Shape.Select(size => (long)size)]);
            own.DetachFromDisposeScope();
            scope.Add(GraphTree.NameOf(parameter.Name), own);
            _owners.Add(parameter.Name, (nn.Module)scope);
        }
    }

    // What is not read after a node: within a block, by it, and by the network around it, which sees the block's output alone.
    private static ILookup<int, int> ReleasesOf(NetworkGraph graph)
    {
        int[] last = [.. Enumerable.Range(0, graph.Nodes.Length)];
        foreach (GraphNode node in graph.Nodes)
        {
            foreach (int input in node.Inputs)
            {
                last[input] = node.Index;
            }
        }

        foreach (GraphBlock block in graph.Blocks)
        {
            last[block.Input] = Math.Max(last[block.Input], block.Output);
        }

        return Enumerable.Range(0, last.Length).ToLookup(index => last[index]);
    }
}

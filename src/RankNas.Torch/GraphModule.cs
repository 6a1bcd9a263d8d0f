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
public sealed class GraphModule : nn.Module<Tensor, Tensor>, IGraphScope
{
    private readonly nn.Module<Tensor, Tensor>?[] _layers;
    private readonly ImmutableArray<GraphBlockModule> _blocks;

    // Who holds each parameter: conversions to another dtype or device put others in their place.
    private readonly Dictionary<string, nn.Module> _owners = new(StringComparer.Ordinal);
    private readonly HashSet<string> _registered = new(StringComparer.Ordinal);
    private readonly ILookup<int, int> _releases;

    internal GraphModule(NetworkGraph graph)
        : base(nameof(GraphModule))
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        Graph = graph;
        _layers = [.. graph.Nodes.Select(node => GraphLayers.Of(graph, node))];
        _releases = ReleasesOf(graph);
        var scopes = new Dictionary<string, nn.Module>(StringComparer.Ordinal) { [""] = this };
        foreach ((int index, GraphBlock block) in graph.Blocks.Index())
        {
            scopes.Add(block.Name, new GraphBlockModule(input => Run(index, block.Input, input, block.Output)));
        }

        _blocks = [.. graph.Blocks.Select(block => (GraphBlockModule)scopes[block.Name])];
        Register(scopes);
    }

    /// <summary>Gets the graph that the module computes.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>Gets the blocks, in topological order, each from features <c>[N, C, H, W]</c> to features.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Blocks => _blocks;

    /// <summary>Gets the layer of a node.</summary>
    /// <typeparam name="TLayer">Its type.</typeparam>
    internal TLayer Layer<TLayer>(GraphNode node)
        where TLayer : nn.Module<Tensor, Tensor> => (TLayer)_layers[node.Index]!;

    /// <summary>Gets a trainable tensor of the network.</summary>
    /// <param name="name">Its full name.</param>
    internal Parameter Parameter(string name) => _owners[name].get_parameter(NameOf(name))!;

    /// <summary>Tells whether images are of the graph's shape, which all that is planned from the graph holds for. On others, the layers may run all the same.</summary>
    internal bool IsFor(Tensor images) => images.shape is [_, var channels, var height, var width]
        && (channels, height, width) == (Graph.Shape.Channels, Graph.Shape.Height, Graph.Shape.Width);

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
                values[node.Index] = Apply(node, [.. node.Inputs.Select(index => values[index]!)], input, (layer, value) => layer.call(value));
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

    /// <summary>Computes one operation unseen by hooks.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="sample">A tensor of the batch.</param>
    internal Tensor Compute(GraphNode node, Tensor[] inputs, Tensor sample) => Apply(node, inputs, sample, (layer, input) => layer.forward(input));

    private Tensor Apply(GraphNode node, Tensor[] inputs, Tensor sample, Func<nn.Module<Tensor, Tensor>, Tensor, Tensor> call) => node.Operation switch
    {
        GlobalPoolingOperation { KeepsDimensions: false } => Flat(call(_layers[node.Index]!, inputs[0])),
        _ when _layers[node.Index] is { } layer => call(layer, inputs[0]),
        ClassTokenOperation => cat([Parameter(node.Name).expand(inputs[0].shape[0], -1, -1), inputs[0]], 1),
        PositionEmbeddingOperation => inputs[0].Plus(Parameter(node.Name)),
        _ => GraphFunctions.Apply(node, inputs, sample),
    };

    private static Tensor Flat(Tensor pooled)
    {
        using (pooled)
        {
            return pooled.flatten(1);
        }
    }

    private void Register(Dictionary<string, nn.Module> scopes)
    {
        foreach (GraphNode node in Graph.Nodes)
        {
            if (_layers[node.Index] is { } layer)
            {
                ScopeOf(node.Name, scopes).Add(NameOf(node.Name), layer);
            }
        }

        foreach (GraphParameter parameter in Graph.Parameters)
        {
            GraphNode node = Graph.Nodes[parameter.Node];
            if (_layers[node.Index] is { } layer)
            {
                _owners.Add(parameter.Name, layer);
            }
            else
            {
                IGraphScope scope = ScopeOf(node.Name, scopes);
                Parameter own = GraphLayers.Parameter([.. parameter.Shape.Select(size => (long)size)]);
                own.DetachFromDisposeScope();
                scope.Add(NameOf(node.Name), own);
                _owners.Add(parameter.Name, (nn.Module)scope);
            }
        }
    }

    private IGraphScope ScopeOf(string path, Dictionary<string, nn.Module> scopes)
    {
        string scope = path.LastIndexOf('.') is var dot and >= 0 ? path[..dot] : "";
        if (!scopes.TryGetValue(scope, out nn.Module? module))
        {
            scopes.Add(scope, module = new GraphScope());
        }

        if (scope.Length > 0 && _registered.Add(scope))
        {
            ScopeOf(scope, scopes).Add(NameOf(scope), module);
        }

        return (IGraphScope)module;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..];

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

using System.Collections.Immutable;
using System.Text;
using RankNas.Graphs.Json;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>A network as an immutable graph: operations with static shapes, in topological order.</summary>
/// <remarks>
/// Created by <see cref="Graph.Images"/> and the methods of <see cref="GraphValue"/>. Dead nodes, which the output does not depend on, are kept: they have
/// parameters, and proxies observe their inputs.
/// </remarks>
public sealed class NetworkGraph
{
    private readonly Lazy<bool[]> _live;
    private readonly Lazy<bool[]> _ungated;
    private readonly Lazy<GraphCosts> _costs;
    private readonly Lazy<string> _canonicalKey;

    internal NetworkGraph(NetworkShape shape, ImmutableArray<GraphNode> nodes, ImmutableArray<GraphBlock> blocks, int output)
    {
        (Shape, Nodes, Blocks, Output) = (shape, nodes, blocks, nodes[output]);
        _live = new Lazy<bool[]>(() => FindLive(node => node.Inputs));
        _ungated = new Lazy<bool[]>(() => FindLive(node => GatedInputOf(node) is { } gated ? [node.Inputs[gated]] : node.Inputs));
        _costs = new Lazy<GraphCosts>(() => GraphCosts.Of(this));
        _canonicalKey = new Lazy<string>(() => CanonicalForm.KeyOf(this));
        Parameters = [.. nodes.SelectMany(node => node.Operation.ParametersOf(InputShapesOf(node))
            .Select(parameter => new GraphParameter(parameter.Suffix.Length > 0 ? $"{node.Name}.{parameter.Suffix}" : node.Name, parameter.Shape, node.Index)))];
    }

    /// <summary>Gets the shape of the images and the number of classes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Gets all operations; the first is the input.</summary>
    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>Gets the blocks, in topological order.</summary>
    public ImmutableArray<GraphBlock> Blocks { get; }

    /// <summary>Gets the input node.</summary>
    public GraphNode Input => Nodes[0];

    /// <summary>Gets the output node.</summary>
    public GraphNode Output { get; }

    /// <summary>Gets the trainable tensors, in the order of their nodes.</summary>
    public ImmutableArray<GraphParameter> Parameters { get; }

    /// <summary>Gets the number of trainable scalars, and the multiply-accumulates of convolutions, linear layers and matrix products for one image.</summary>
    /// <exception cref="OverflowException">The number does not fit into a <see cref="long"/>.</exception>
    public NetworkCost Cost => new(Costs.Parameters, Costs.Macs);

    /// <summary>Gets all costs: parameters, multiply-accumulates, activations, depth, receptive field.</summary>
    /// <exception cref="OverflowException">A cost does not fit into a <see cref="long"/>.</exception>
    public GraphCosts Costs => _costs.Value;

    /// <summary>Gets a string of 32 characters that is equal for graphs that compute the same function, independently of names and of the order of operands in sums.</summary>
    /// <remarks>
    /// Ignored are dead nodes, identities, zeros in sums, and operations whose inputs are all zeros
    /// (including BatchNorm and LayerNorm, whose biases are initialised to 0). Nested sums are flattened. Two layers with weights are never merged:
    /// a sum of two equal convolutions is not one convolution twice.
    /// </remarks>
    public string CanonicalKey => _canonicalKey.Value;

    /// <summary>Gets the cost of one node: its trainable scalars, and its multiply-accumulates for one image.</summary>
    /// <param name="node">A node of this graph.</param>
    /// <exception cref="OverflowException">The number does not fit into a <see cref="long"/>.</exception>
    public NetworkCost CostOf(GraphNode node)
    {
        ImmutableArray<ImmutableArray<int>> inputs = InputShapesOf(node);
        return new(Parameters.Where(parameter => parameter.Node == node.Index).Sum(parameter => parameter.Elements), node.Operation.MacsOf(inputs, node.Shape));
    }

    /// <summary>Gets the shapes of a node's inputs.</summary>
    /// <param name="node">A node of this graph.</param>
    public ImmutableArray<ImmutableArray<int>> InputShapesOf(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return [.. node.Inputs.Select(input => Nodes[input].Shape)];
    }

    /// <summary>Gets the nodes that read a node, each once, in order.</summary>
    /// <param name="node">A node of this graph.</param>
    public IEnumerable<GraphNode> ReadersOf(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Nodes.Skip(node.Index + 1).Where(reader => reader.Inputs.Contains(node.Index));
    }

    /// <summary>Tells whether the output depends on a node.</summary>
    /// <param name="node">A node of this graph.</param>
    public bool IsLive(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _live.Value[node.Index];
    }

    /// <summary>Tells which input of a product its gate lets through: the other one is a sigmoid or a hard sigmoid, as in squeeze-and-excite.</summary>
    /// <param name="node">A node of this graph.</param>
    /// <returns>The index among the node's inputs; null for anything but a product with a gate.</returns>
    public int? GatedInputOf(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        for (int factor = 0; node.Operation is MultiplyOperation && factor < node.Inputs.Length; factor++)
        {
            bool isGate = Nodes[node.Inputs[1 - factor]].Operation is ActivationOperation { Function: ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid };
            if (isGate && Nodes[node.Inputs[factor]].Shape.SequenceEqual(node.Shape))
            {
                return factor;
            }
        }

        return null;
    }

    /// <summary>Tells whether the output depends on a node by another way than through gates: <see cref="GatedInputOf"/>.</summary>
    /// <param name="node">A node of this graph.</param>
    public bool IsUngated(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _ungated.Value[node.Index];
    }

    /// <summary>Writes the graph as JSON, which <see cref="FromJson(string)"/> reads: the page on graphs has the format.</summary>
    public string ToJson() => GraphWriter.Write(this);

    /// <summary>Reads a graph that <see cref="ToJson"/> has written. Names and shapes are checked as where a network is described; what is read may come from anywhere.</summary>
    /// <param name="json">The text, up to 64 MiB and 100,000 nodes.</param>
    /// <exception cref="GraphException">The text describes no graph; the message says in one line why.</exception>
    public static NetworkGraph FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        GraphReader.RequireLength(json.Length);
        return GraphReader.Read(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a graph that <see cref="ToJson"/> has written, from a stream to its end.</summary>
    /// <param name="json">UTF-8, up to 64 MiB and 100,000 nodes.</param>
    /// <exception cref="GraphException">The text describes no graph; the message says in one line why.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static NetworkGraph FromJson(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return GraphReader.Read(json);
    }

    private bool[] FindLive(Func<GraphNode, IEnumerable<int>> inputsOf)
    {
        var live = new bool[Nodes.Length];
        live[Output.Index] = true;
        for (int index = Output.Index; index >= 0; index--)
        {
            foreach (int input in live[index] ? inputsOf(Nodes[index]) : [])
            {
                live[input] = true;
            }
        }

        return live;
    }
}

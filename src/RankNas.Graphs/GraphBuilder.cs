using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>A graph in the making. Names are checked and shapes computed as operations are added.</summary>
internal sealed class GraphBuilder(NetworkShape shape)
{
    private const int MostCellNodes = 1_000;

    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphBlock> _blocks = [];
    private readonly List<GraphEdge> _edges = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blockNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private string _scope = "";
    private int _edge = -1;
    private int _blockInput;
    private int _blockStart;
    private bool _isInBlock;

    public GraphValue Add(GraphOperation operation, ImmutableArray<GraphValue> inputs, string? name)
    {
        string path = name is null ? FreeName(operation) : PathOf(name);
        foreach (GraphValue input in inputs)
        {
            RequireWithinReach(path, input);
        }

        ImmutableArray<int> output;
        try
        {
            output = operation.ShapeOf([.. inputs.Select(input => input.Shape)]);
        }
        catch (Exception exception) when (exception is GraphException or OverflowException)
        {
            string reason = exception is GraphException ? exception.Message : "it has more values than can be counted.";
            throw new GraphException($"'{path}', {operation.Title}, does not fit {TextOf(inputs)}: {reason}", exception);
        }

        Claim(path);
        var node = new GraphNode(_nodes.Count, path, operation, [.. inputs.Select(input => input.Index)], output, _isInBlock ? _blocks.Count : -1, _edge);
        _nodes.Add(node);
        return new GraphValue(this, node.Index, output);
    }

    public GraphValue Within(GraphValue input, string scope, Func<GraphValue, GraphValue> body)
    {
        string outer = _scope;
        _scope = PathOf(scope);
        try
        {
            return body(input);
        }
        finally
        {
            _scope = outer;
        }
    }

    public GraphValue Block(GraphValue input, string name, string kind, Func<GraphValue, GraphValue> body)
    {
        if (_isInBlock)
        {
            throw new GraphException($"The block '{PathOf(name)}' begins within another: end that one first, or use {nameof(GraphValue.Within)} for names alone.");
        }

        if (!_blockNames.Add(PathOf(name)))
        {
            throw new GraphException($"There is a block '{PathOf(name)}' already: give each block a name of its own.");
        }

        RequireWithinReach(PathOf(name), input);
        (_isInBlock, _blockInput, _blockStart) = (true, input.Index, _nodes.Count);
        _edges.Clear();

        // Where the body throws the block is never ended, and no graph comes of it.
        // One that passes its input on has a node of its own all the same: what a block gives can be watched.
        GraphValue output = Within(input, name, value => body(value) is var given && given.Index >= _blockStart ? given : given.Identity());
        RequireWithinReach(PathOf(name), output);
        _isInBlock = false;
        _blocks.Add(new GraphBlock(PathOf(name), kind, input.Index, output.Index, [.. _edges]));
        return output;
    }

    public GraphValue Edge(GraphValue input, GraphEdge edge, Func<GraphValue, GraphValue> body, bool tellsSkip)
    {
        NoteEdge(edge);
        _edge = _edges.Count - 1;
        try
        {
            GraphValue output = body(input);
            if (tellsSkip && output == input)
            {
                _edges[_edge] = edge with { IsSkip = true };
            }

            return output;
        }
        finally
        {
            _edge = -1;
        }
    }

    /// <summary>Adds an operation to one of the block's edges that are noted already; −1 is none.</summary>
    public GraphValue AddToEdge(int edge, GraphOperation operation, ImmutableArray<GraphValue> inputs, string name)
    {
        if (edge < -1 || edge >= (_isInBlock ? _edges.Count : 0))
        {
            throw new GraphException($"'{name}' is on edge {edge}, and there is none: edges are those of the block, from 0 on.");
        }

        _edge = edge;
        GraphValue output = Add(operation, inputs, name);
        _edge = -1;
        return output;
    }

    public void NoteEdge(GraphEdge edge)
    {
        if (!_isInBlock || _edge >= 0)
        {
            throw new GraphException($"The edge {edge.Source}→{edge.Target} is {(_isInBlock ? "on another edge" : "in no block")}: edges belong to one block each.");
        }

        if (edge.Source < 0 || edge.Target <= edge.Source || edge.Target > MostCellNodes)
        {
            throw new GraphException($"The edge {edge.Source}→{edge.Target} leads nowhere: edges lead from a node of the cell, from 0 on, to a later one, up to {MostCellNodes}.");
        }

        _edges.Add(edge);
    }

    public NetworkGraph Build(GraphValue output)
    {
        if (_isInBlock)
        {
            throw new GraphException("The graph is built within a block, or after one that failed: end the block first.");
        }

        RequireWithinReach("The network", output);

        if (output.Shape is not [var classes] || classes != shape.Classes)
        {
            throw new GraphException($"The network gives {GraphOperation.TextOf(output.Shape)} where [{shape.Classes}] classes are wanted: end it with Linear(shape.Classes).");
        }

        return new NetworkGraph(shape, [.. _nodes], [.. _blocks], output.Index);
    }

    // A block is computed by itself: it sees its input, and others see its output.
    private void RequireWithinReach(string reader, GraphValue value)
    {
        if (value.Builder != this)
        {
            throw new GraphException($"'{reader}' reads a value of another graph: begin each network by one {nameof(Graph)}.{nameof(Graph.Images)}.");
        }

        GraphNode node = _nodes[value.Index];
        if (_isInBlock && value.Index < _blockStart && value.Index != _blockInput)
        {
            throw new GraphException($"'{reader}' reads '{node.Name}' from outside its block: a block reads its input and its own layers, so begin the block earlier.");
        }

        if (!_isInBlock && node.Block >= 0 && _blocks[node.Block].Output != value.Index)
        {
            throw new GraphException($"'{reader}' reads '{node.Name}' from inside the block '{_blocks[node.Block].Name}': return from the block what others read.");
        }
    }

    private static string TextOf(ImmutableArray<GraphValue> values) =>
        values.IsEmpty ? "no input" : string.Join(" and ", values.Select(value => GraphOperation.TextOf(value.Shape)));

    private string PathOf(string name)
    {
        bool isPath = name.Length > 0 && name.Split('.').All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'));
        return isPath
            ? _scope.Length > 0 ? $"{_scope}.{name}" : name
            : throw new GraphException($"'{name}' is no name of a layer: write letters, digits and underscores, with single dots between them.");
    }

    private string FreeName(GraphOperation operation)
    {
        string stem = PathOf(operation.ShortName);
        string path;
        do
        {
            int number = _numbers[stem] = _numbers.GetValueOrDefault(stem) + 1;
            path = FormattableString.Invariant($"{stem}{number}");
        }
        while (_names.Contains(path) || _scopes.Contains(path));

        return path;
    }

    // A path is a layer or holds layers, not both; so it is with modules.
    private void Claim(string path)
    {
        if (_scopes.Contains(path) || !_names.Add(path))
        {
            throw new GraphException($"There is '{path}' already: give each layer a name of its own, or leave names out.");
        }

        for (int dot = path.LastIndexOf('.'); dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            string scope = path[..dot];
            if (_names.Contains(scope))
            {
                throw new GraphException($"'{path}' would lie within the layer '{scope}': a name is a layer's or a group's, not both.");
            }

            _scopes.Add(scope);
        }
    }
}

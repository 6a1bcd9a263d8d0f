using System.Collections.Immutable;
using System.Text.Json;

namespace RankNas.Graphs.Json;

/// <summary>Builds graphs again from what JSON has of them: every name and shape is checked as if a user had written the network.</summary>
internal sealed class GraphReader
{
    public const int Format = 1;

    private const int MostBytes = 64 << 20;
    private const int MostNodes = 100_000;
    private const int MostName = 500;

    private readonly GraphFile _file;
    private readonly List<GraphValue> _values = [];

    private GraphReader(GraphFile file) => _file = file;

    /// <summary>Reads a graph.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="GraphException">The text describes no graph.</exception>
    public static NetworkGraph Read(ReadOnlySpan<byte> json)
    {
        RequireLength(json.Length);
        try
        {
            GraphFile file = JsonSerializer.Deserialize(json, GraphJson.Default.GraphFile) ?? throw new GraphException("The text is no graph: it is null.");
            return new GraphReader(file).Build();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new GraphException($"The text is no graph: {exception.Message}", exception);
        }
    }

    /// <summary>Refuses what is too long to be a graph.</summary>
    /// <exception cref="GraphException">It is.</exception>
    public static void RequireLength(int length) => Require(length <= MostBytes, $"it is longer than {MostBytes >> 20} MiB.");

    /// <summary>Reads a graph from a stream to its end.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="GraphException">The text describes no graph.</exception>
    public static NetworkGraph Read(Stream json)
    {
        using var bytes = new MemoryStream();
        byte[] part = new byte[64 << 10];
        for (int count; bytes.Length <= MostBytes && (count = json.Read(part)) > 0;)
        {
            bytes.Write(part, 0, count);
        }

        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private NetworkGraph Build()
    {
        Require(_file.Format == Format, $"its format is {_file.Format}, and this version reads {Format}: use a RankNas that is as new as the file.");
        Require(_file.Nodes.Length < MostNodes && _file.Blocks.Length <= _file.Nodes.Length, $"it has more than {MostNodes} nodes, or more blocks than nodes.");
        _values.Add(Graph.Input(Shape()));
        foreach (BlockEntry block in _file.Blocks)
        {
            Require(block is not null && block.Edges.All(edge => edge is { Operation.Length: <= MostName }), "a block or an edge is null.");
            Require(block!.Name.Length <= MostName && block.Kind.Length <= MostName, "a name is too long.");
            Require(block.First >= _values.Count && block.Count > 0 && block.Count <= _file.Nodes.Length - block.First + 1, $"the nodes of '{block.Name}' are not there, or in another block.");
            AddUpTo(block.First, "");
            Value(block.Input).Block(block.Name, _ => Fill(block), block.Kind);
        }

        AddUpTo(_file.Nodes.Length + 1, "");
        NetworkGraph graph = Value(_file.Output).Build();
        try
        {
            _ = graph.Costs;
        }
        catch (OverflowException exception)
        {
            throw new GraphException("The text is no graph: it has more parameters or values than can be counted.", exception);
        }

        return graph;
    }

    private GraphValue Fill(BlockEntry block)
    {
        foreach (GraphEdge edge in block.Edges)
        {
            _values[0].Builder.NoteEdge(edge);
        }

        AddUpTo(block.First + block.Count, $"{block.Name}.");
        Require(block.Output >= block.First && block.Output < _values.Count, $"the output of '{block.Name}' is none of its nodes.");
        return _values[block.Output];
    }

    private void AddUpTo(int end, string scope)
    {
        while (_values.Count < end)
        {
            NodeEntry node = _file.Nodes[_values.Count - 1];
            Require(node is not null, "a node is null.");
            Require(node!.Name.Length <= MostName && node.Name.StartsWith(scope, StringComparison.Ordinal), $"a name is too long, or does not begin with that of its block, '{scope}'.");
            ImmutableArray<GraphValue> inputs = [.. node.Inputs.Select(Value)];
            _values.Add(_values[0].Builder.AddToEdge(node.Edge ?? -1, node.Operation, inputs, node.Name[scope.Length..]));
        }
    }

    private NetworkShape Shape()
    {
        try
        {
            return (_file.Rank ?? 3) switch
            {
                1 => NetworkShape.OfRows(_file.Channels, _file.Classes),
                2 => NetworkShape.OfSequences(_file.Height, _file.Channels, _file.Classes),
                3 => new NetworkShape { Channels = _file.Channels, Height = _file.Height, Width = _file.Width, Classes = _file.Classes },
                _ => throw new GraphException($"The text is no graph: its inputs have {_file.Rank} dimensions, and they have 1, 2 or 3."),
            };
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new GraphException($"The text is no graph: {exception.Message}", exception);
        }
    }

    private GraphValue Value(int number)
    {
        Require(number >= 0 && number < _values.Count, $"node {number} is read before it is there.");
        return _values[number];
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new GraphException($"The text is no graph: {otherwise}");
        }
    }
}

namespace RankNas.Plotting.Drawings;

/// <summary>A part of a network as it is drawn: its images, blocks that are alike, or what lies between blocks.</summary>
internal sealed record NetworkPart
{
    // More steps outside of blocks are told by number.
    private const int MostSteps = 6;

    /// <summary>Gets the operations of the first copy; none are the images.</summary>
    public required ImmutableArray<GraphNode> Nodes { get; init; }

    /// <summary>Gets the first block; null outside blocks.</summary>
    public GraphBlock? Block { get; init; }

    /// <summary>Gets how many blocks that are alike follow each other.</summary>
    public int Copies { get; init; } = 1;

    public required string Name { get; init; }

    /// <summary>Gets what else it is: the operations after the first, or a block's channels.</summary>
    public required string Detail { get; init; }

    /// <summary>Gets the shape of what comes out.</summary>
    public required ImmutableArray<int> Shape { get; init; }

    /// <summary>Gets the cost of all copies.</summary>
    public NetworkCost Cost { get; init; }

    /// <summary>Gets the height of images over that of the network's.</summary>
    public double RelativeHeight { get; init; } = 1;

    /// <summary>Gets whether it reads what comes before it in the drawing.</summary>
    public bool ReadsTheLast { get; init; } = true;

    /// <summary>Gets the parts of a network, from the images on.</summary>
    public static ImmutableArray<NetworkPart> Of(NetworkGraph graph)
    {
        List<NetworkPart> parts = [new() { Nodes = [], Name = "images", Detail = "", Shape = graph.Input.Shape }];
        foreach (ImmutableArray<GraphNode> run in RunsOf(graph))
        {
            if (run[0].Block >= 0)
            {
                AddBlock(parts, graph, run);
            }
            else
            {
                AddSteps(parts, graph, OperationStep.Of(graph, run));
            }
        }

        return [.. parts.Select((part, place) => part.Nodes.IsEmpty ? part : part with
        {
            RelativeHeight = part.Shape.Length == 3 && graph.Shape.Rank == 3 ? (double)part.Shape[1] / graph.Shape.Height : 1,
            ReadsTheLast = part.Nodes.SelectMany(node => node.Inputs).Any(input => parts[place - 1].Nodes.IsEmpty ? input == graph.Input.Index : parts[place - 1].Holds(input)),
        })];
    }

    private bool Holds(int node) => Nodes.Any(own => own.Index == node) || (Last is { } last && last.Output == node);

    // The last of several copies, whose output the next part reads.
    private GraphBlock? Last { get; init; }

    private static IEnumerable<ImmutableArray<GraphNode>> RunsOf(NetworkGraph graph)
    {
        GraphNode[] nodes = [.. graph.Nodes.Skip(1)];
        for (int start = 0; start < nodes.Length;)
        {
            ImmutableArray<GraphNode> run = [.. nodes.Skip(start).TakeWhile(node => node.Block == nodes[start].Block)];
            start += run.Length;
            yield return run;
        }
    }

    private static void AddBlock(List<NetworkPart> parts, NetworkGraph graph, ImmutableArray<GraphNode> run)
    {
        GraphBlock block = graph.Blocks[run[0].Block];
        NetworkCost cost = CostOf(graph, run);
        if (parts[^1] is { Block: { } before } alike && AreAlike(graph, before, alike.Nodes, block, run))
        {
            parts[^1] = alike with
            {
                Copies = alike.Copies + 1,
                Name = $"{alike.Copies + 1} × {block.Kind}",
                Cost = new(alike.Cost.Parameters + cost.Parameters, alike.Cost.Macs + cost.Macs),
                Last = block,
            };
            return;
        }

        ImmutableArray<int> shape = graph.Nodes[block.Output].Shape;
        (int from, int to) = (ChannelsOf(graph.Nodes[block.Input].Shape), ChannelsOf(shape));
        parts.Add(new()
        {
            Nodes = run,
            Block = block,
            Last = block,
            Name = block.Kind,
            Detail = from == to ? FormattableString.Invariant($"{to} {(shape.Length == 3 ? "channel" : "feature")}{(to == 1 ? "" : "s")}") : FormattableString.Invariant($"{from} → {to}"),
            Shape = shape,
            Cost = cost,
        });
    }

    private static void AddSteps(List<NetworkPart> parts, NetworkGraph graph, List<OperationStep> steps)
    {
        IEnumerable<IGrouping<int, OperationStep>> groups = steps.Count <= MostSteps
            ? steps.Select((step, place) => (step, place)).GroupBy(pair => pair.place, pair => pair.step)
            : ByShape(steps);
        foreach (ImmutableArray<OperationStep> group in groups.Select(group => group.ToImmutableArray()))
        {
            ImmutableArray<GraphNode> nodes = [.. group.SelectMany(step => step.Nodes)];
            string[] texts = [.. group[0].Nodes.Select(node => OperationText.Of(graph, node))];
            parts.Add(new()
            {
                Nodes = nodes,
                Name = group.Length == 1 ? texts[0] : FormattableString.Invariant($"{group.Length} steps"),
                Detail = group.Length == 1 ? string.Join(" · ", texts.Skip(1)) : FormattableString.Invariant($"{nodes.Length} operations"),
                Shape = group[^1].Last.Shape,
                Cost = CostOf(graph, nodes),
            });
        }
    }

    private static IEnumerable<IGrouping<int, OperationStep>> ByShape(List<OperationStep> steps)
    {
        int number = 0;
        return steps.Select((step, place) => (Step: step, Number: place > 0 && step.Last.Shape.SequenceEqual(steps[place - 1].Last.Shape) ? number : ++number))
            .ToList().GroupBy(pair => pair.Number, pair => pair.Step);
    }

    // Alike but for the names.
    private static bool AreAlike(NetworkGraph graph, GraphBlock one, ImmutableArray<GraphNode> nodes, GraphBlock other, ImmutableArray<GraphNode> otherNodes) =>
        one.Kind == other.Kind && nodes.Length == otherNodes.Length && one.Edges.SequenceEqual(other.Edges)
        && graph.Nodes[one.Input].Shape.SequenceEqual(graph.Nodes[other.Input].Shape)
        && nodes.Zip(otherNodes).All(pair => pair.First.Operation == pair.Second.Operation && pair.First.Shape.SequenceEqual(pair.Second.Shape)
            && pair.First.Inputs.Select(input => input == one.Input ? -1 : input - nodes[0].Index).SequenceEqual(pair.Second.Inputs.Select(input => input == other.Input ? -1 : input - otherNodes[0].Index)));

    private static NetworkCost CostOf(NetworkGraph graph, IEnumerable<GraphNode> nodes) => nodes.Select(graph.CostOf)
        .Aggregate(new NetworkCost(0, 0), (sum, cost) => new NetworkCost(sum.Parameters + cost.Parameters, sum.Macs + cost.Macs));

    private static int ChannelsOf(ImmutableArray<int> shape) => shape.Length == 3 ? shape[0] : shape[^1];
}

using System.Collections.Immutable;
using System.Text.Json;

namespace RankNas.Graphs.Json;

/// <summary>Writes graphs as JSON.</summary>
internal static class GraphWriter
{
    public static string Write(NetworkGraph graph)
    {
        int[] first = new int[graph.Blocks.Length];
        int[] count = new int[graph.Blocks.Length];
        foreach (GraphNode node in graph.Nodes.Where(node => node.Block >= 0))
        {
            first[node.Block] = count[node.Block]++ == 0 ? node.Index : first[node.Block];
        }

        ImmutableArray<NodeEntry> nodes = [.. graph.Nodes.Skip(1).Select(node => new NodeEntry(node.Name, node.Inputs, node.Operation, node.Edge >= 0 ? node.Edge : null))];
        ImmutableArray<BlockEntry> blocks =
            [.. graph.Blocks.Select((block, index) => new BlockEntry(block.Name, block.Kind, block.Input, block.Output, first[index], count[index], block.Edges))];
        NetworkShape shape = graph.Shape;
        return JsonSerializer.Serialize(
            new GraphFile(GraphReader.Format, shape.Channels, shape.Height, shape.Width, shape.Classes, nodes, blocks, graph.Output.Index, shape.Rank == 3 ? null : shape.Rank), GraphJson.Default.GraphFile);
    }
}

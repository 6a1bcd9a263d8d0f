using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>One operation of a graph, with what goes in and what comes out.</summary>
/// <param name="Index">Its position in <see cref="NetworkGraph.Nodes"/>; inputs come before it.</param>
/// <param name="Name">Its path, such as <c>cells.3.layers.2.op.1</c>; no other node has it. Its parameters' names begin with it.</param>
/// <param name="Operation">What it computes.</param>
/// <param name="Inputs">The indices of the nodes that it reads, in the order in which the operation takes them.</param>
/// <param name="Shape">The shape of what comes out, without the batch: <c>[C, H, W]</c>, <c>[F]</c>, <c>[tokens, F]</c>.</param>
/// <param name="Block">The index in <see cref="NetworkGraph.Blocks"/> of the block that it is in; −1 outside all.</param>
/// <param name="Edge">The index in <see cref="GraphBlock.Edges"/> of the edge that it is on; −1 where it is on none.</param>
public sealed record GraphNode(
    int Index, string Name, GraphOperation Operation, ImmutableArray<int> Inputs, ImmutableArray<int> Shape, int Block = -1, int Edge = -1)
{
    /// <summary>Gets how many numbers come out for one image.</summary>
    /// <exception cref="OverflowException">There are more than a <see cref="long"/> holds.</exception>
    public long Elements => GraphOperation.ElementsOf(Shape);
}

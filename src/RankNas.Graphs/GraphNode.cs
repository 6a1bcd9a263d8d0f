using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>One operation of a graph, with its inputs and its output shape.</summary>
/// <param name="Index">Its index in <see cref="NetworkGraph.Nodes"/>; its inputs have smaller indices.</param>
/// <param name="Name">Its path, such as <c>cells.3.layers.2.op.1</c>; unique. The names of its parameters begin with it.</param>
/// <param name="Operation">The operation that it computes.</param>
/// <param name="Inputs">The indices of its input nodes, in the order of the operation's operands.</param>
/// <param name="Shape">The shape of its output, without the batch: <c>[C, H, W]</c>, <c>[F]</c>, <c>[tokens, F]</c>.</param>
/// <param name="Block">The index in <see cref="NetworkGraph.Blocks"/> of its block; −1 if it is in none.</param>
/// <param name="Edge">The index in <see cref="GraphBlock.Edges"/> of its edge; −1 if it is on none.</param>
public sealed record GraphNode(
    int Index, string Name, GraphOperation Operation, ImmutableArray<int> Inputs, ImmutableArray<int> Shape, int Block = -1, int Edge = -1)
{
    /// <summary>Gets the number of output elements for one image.</summary>
    /// <exception cref="OverflowException">The number does not fit into a <see cref="long"/>.</exception>
    public long Elements => GraphOperation.ElementsOf(Shape);
}

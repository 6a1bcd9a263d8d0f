using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>A trainable tensor of a graph.</summary>
/// <param name="Name">Its full name, such as <c>cells.3.layers.2.op.1.weight</c>, as in PyTorch's state dictionaries.</param>
/// <param name="Shape">Its shape, as in PyTorch.</param>
/// <param name="Node">The index of the node that uses it.</param>
public sealed record GraphParameter(string Name, ImmutableArray<int> Shape, int Node)
{
    /// <summary>Gets the number of its elements.</summary>
    /// <exception cref="OverflowException">The number does not fit into a <see cref="long"/>.</exception>
    public long Elements => GraphOperation.ElementsOf(Shape);
}

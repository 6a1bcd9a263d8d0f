using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs;

/// <summary>A trainable tensor of a graph.</summary>
/// <param name="Name">Its full name, such as <c>cells.3.layers.2.op.1.weight</c>, as in PyTorch's state dictionaries.</param>
/// <param name="Shape">Its shape, as PyTorch has it.</param>
/// <param name="Node">The index of the node that computes with it.</param>
public sealed record GraphParameter(string Name, ImmutableArray<int> Shape, int Node)
{
    /// <summary>Gets how many numbers it has.</summary>
    /// <exception cref="OverflowException">There are more than a <see cref="long"/> holds.</exception>
    public long Elements => GraphOperation.ElementsOf(Shape);
}

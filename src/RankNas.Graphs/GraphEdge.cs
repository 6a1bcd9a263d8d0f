namespace RankNas.Graphs;

/// <summary>An edge of a cell: an operation from one of the cell's nodes to another, which sums its incoming edges.</summary>
/// <param name="Source">The source node in the cell; the cell's input is 0.</param>
/// <param name="Target">The target node in the cell.</param>
/// <param name="Operation">The operation as the space names it, such as <c>nor_conv_3x3</c> or <c>none</c>.</param>
/// <param name="IsSkip">Whether it is a skip connection: the identity, or a projection between different widths.</param>
/// <param name="IsNone">Whether it has no operation (zeros).</param>
public sealed record GraphEdge(int Source, int Target, string Operation, bool IsSkip = false, bool IsNone = false);

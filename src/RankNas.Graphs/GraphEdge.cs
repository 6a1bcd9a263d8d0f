namespace RankNas.Graphs;

/// <summary>An edge of a cell: an operation that leads from one of the cell's nodes to another, which sums what comes in.</summary>
/// <param name="Source">The cell's node that it starts from; the cell's input is 0.</param>
/// <param name="Target">The cell's node that it leads to.</param>
/// <param name="Operation">The operation as the space names it, such as <c>nor_conv_3x3</c> or <c>none</c>.</param>
/// <param name="IsSkip">Whether it is a skip connection: nothing on it but, between different widths, a projection.</param>
/// <param name="IsNone">Whether nothing passes.</param>
public sealed record GraphEdge(int Source, int Target, string Operation, bool IsSkip = false, bool IsNone = false);

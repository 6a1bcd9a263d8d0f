using System.Collections.Immutable;

namespace RankNas.Graphs;

/// <summary>A part of a network that takes one value and gives one: its stem, a cell, a residual block.</summary>
/// <param name="Name">Its path, such as <c>cells.3</c>; the names of its nodes begin with it.</param>
/// <param name="Kind">What it is, for those who read: <c>cell</c>, <c>residual block</c>.</param>
/// <param name="Input">The index of the node that it reads.</param>
/// <param name="Output">The index of the node that it gives.</param>
/// <param name="Edges">Its edges, where it is a cell of nodes that are sums of edges; else empty.</param>
public sealed record GraphBlock(string Name, string Kind, int Input, int Output, ImmutableArray<GraphEdge> Edges)
{
    /// <summary>Gets how many nodes of the cell the skip connections pass over, on average; 0 where there are none.</summary>
    public double SkipDepth => Edges.Where(edge => edge.IsSkip).Select(edge => (double)(edge.Target - edge.Source - 1)).DefaultIfEmpty(0).Average();
}

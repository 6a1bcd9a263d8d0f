using System.Collections.Immutable;

namespace RankNas.Graphs;

/// <summary>A part of a network with one input and one output: its stem, a cell, a residual block.</summary>
/// <param name="Name">Its path, such as <c>cells.3</c>; the names of its nodes begin with it.</param>
/// <param name="Kind">Its kind, for people: <c>cell</c>, <c>residual block</c>.</param>
/// <param name="Input">The index of its input node.</param>
/// <param name="Output">The index of its output node.</param>
/// <param name="Edges">Its edges, if it is a cell whose nodes are sums of edges; else empty.</param>
public sealed record GraphBlock(string Name, string Kind, int Input, int Output, ImmutableArray<GraphEdge> Edges)
{
    /// <summary>Gets the mean number of nodes of the cell that skip connections bypass; 0 without skip connections.</summary>
    public double SkipDepth => Edges.Where(edge => edge.IsSkip).Select(edge => (double)(edge.Target - edge.Source - 1)).DefaultIfEmpty(0).Average();
}

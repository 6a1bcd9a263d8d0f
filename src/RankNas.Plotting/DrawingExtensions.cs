using RankNas.Plotting;
using RankNas.Plotting.Drawings;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas;

/// <summary>Draws the networks of any space that describes them as graphs.</summary>
public static class DrawingExtensions
{
    /// <summary>Draws a network's cell: the first block with edges, else the block that is repeated most often in a row, else the network's operations.</summary>
    /// <param name="graph">The network.</param>
    public static Drawing DrawCell(this NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Draw(graph, graph.Blocks.FirstOrDefault(block => !block.Edges.IsEmpty)
            ?? NetworkPart.Of(graph).Where(part => part.Block is not null).MaxBy(part => part.Copies)?.Block);
    }

    /// <summary>Draws a block of a network: a cell's nodes and the operation on each edge, with <c>none</c> dotted; or the operations of a block without edges.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="name">The block's name, such as <c>cells.3</c>.</param>
    /// <exception cref="ArgumentException">There is no such block.</exception>
    public static Drawing DrawBlock(this NetworkGraph graph, string name)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Draw(graph, graph.Blocks.FirstOrDefault(block => block.Name == name) ?? throw new ArgumentException(
            $"The network has no block '{PictureText.Clean(name)}', only {string.Join(", ", graph.Blocks.Select(block => block.Name))}.", nameof(name)));
    }

    /// <summary>Draws a whole network: its images, blocks and the operations between them, with shapes and costs; equal blocks are drawn together.</summary>
    /// <param name="graph">The network.</param>
    public static Drawing DrawNetwork(this NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new Drawing(theme => NetworkDrawing.Draw(graph, theme));
    }

    /// <summary>Draws an architecture's cell, as <see cref="DrawCell(NetworkGraph)"/> draws that of its network.</summary>
    /// <param name="space">The space.</param>
    /// <param name="architecture">An architecture of the space.</param>
    /// <exception cref="NotSupportedException">The space does not describe networks as graphs.</exception>
    public static Drawing DrawCell(this ISearchSpace space, Architecture architecture) => Describe(space, architecture, new NetworkShape()).DrawCell();

    /// <summary>Draws an architecture's whole network.</summary>
    /// <param name="space">The space.</param>
    /// <param name="architecture">An architecture of the space.</param>
    /// <param name="shape">The images and classes that the network is for; 3x32x32 and 10 classes if null.</param>
    /// <exception cref="NotSupportedException">The space does not describe networks as graphs.</exception>
    public static Drawing DrawNetwork(this ISearchSpace space, Architecture architecture, NetworkShape? shape = null) =>
        Describe(space, architecture, shape ?? new NetworkShape()).DrawNetwork();

    /// <summary>Draws a candidate's cell.</summary>
    /// <param name="result">The result of the search.</param>
    /// <param name="candidate">The candidate, such as <c>result.Best</c>.</param>
    /// <exception cref="NotSupportedException">The space does not describe networks as graphs.</exception>
    /// <exception cref="InvalidOperationException">The space of the result is unknown: see <see cref="SearchResult.SearchSpace"/>.</exception>
    public static Drawing DrawCell(this SearchResult result, ScoredArchitecture candidate) => Describe(result, candidate).DrawCell();

    /// <summary>Draws a candidate's whole network.</summary>
    /// <inheritdoc cref="DrawCell(SearchResult, ScoredArchitecture)"/>
    public static Drawing DrawNetwork(this SearchResult result, ScoredArchitecture candidate) => Describe(result, candidate).DrawNetwork();

    internal static NetworkGraph Describe(this SearchResult result, ScoredArchitecture candidate)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(candidate);
        return Describe(result.SearchSpace, candidate.Architecture, result.Images.Shape);
    }

    private static NetworkGraph Describe(ISearchSpace space, Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(architecture);
        return space.Describe(architecture, shape);
    }

    private static Drawing Draw(NetworkGraph graph, GraphBlock? block) =>
        new(theme => block is { Edges.IsEmpty: false } ? CellDrawing.Draw(graph, block, theme) : OperationsDrawing.Draw(graph, block, theme));
}

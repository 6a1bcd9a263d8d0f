using RankNas.Graphs;

namespace RankNas.Torch;

/// <summary>Modules of graphs.</summary>
public static class GraphModuleExtensions
{
    /// <summary>Makes a trainable module of a graph, on the CPU, in float32, in training mode, with whatever weights are in memory: initialise or load them.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>A module from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>. The caller disposes it.</returns>
    public static GraphModule ToModule(this NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new GraphModule(graph);
    }
}

using RankNas.Graphs;
using RankNas.Torch;

namespace RankNas;

/// <summary>Converts graphs to modules.</summary>
public static class GraphModuleExtensions
{
    /// <summary>Creates a trainable module from a graph, on the CPU, in float32, in training mode.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="initializer">The weight initializer; <see cref="WeightInitializer.Default"/> if null.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <returns>A module from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>. The caller disposes it.</returns>
    public static GraphModule ToModule(this NetworkGraph graph, WeightInitializer? initializer = null, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var module = new GraphModule(graph);
        try
        {
            (initializer ?? WeightInitializer.Default).Initialize(module, seed);
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }
}

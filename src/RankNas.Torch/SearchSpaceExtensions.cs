using RankNas.Graphs;
using RankNas.SearchSpaces;
using RankNas.Torch;

namespace RankNas;

/// <summary>Networks and costs of a space's architectures, whether the space describes them or builds modules itself.</summary>
public static class SearchSpaceExtensions
{
    /// <summary>Builds an architecture's network, on the CPU, in float32, in training mode, with PyTorch's default weights from seed 0.</summary>
    /// <param name="space">The space; one that is an <see cref="IModuleSearchSpace"/> sets the weights itself.</param>
    /// <param name="architecture">An architecture of the space.</param>
    /// <param name="shape">The shape of the images and the number of classes.</param>
    /// <returns>A module from images <c>[N, Channels, Height, Width]</c> to logits <c>[N, Classes]</c>. The caller disposes it.</returns>
    public static nn.Module<Tensor, Tensor> BuildNetwork(this ISearchSpace space, Architecture architecture, NetworkShape shape) =>
        NetworkOf(space, architecture, shape, graph => graph.ToModule());

    /// <summary>Gets parameters and multiply-accumulates: computed from the graph, or measured if the space builds modules.</summary>
    /// <param name="space">The space.</param>
    /// <param name="architecture">An architecture of the space.</param>
    /// <param name="shape">The shape of the images and the number of classes.</param>
    public static NetworkCost CostOf(this ISearchSpace space, Architecture architecture, NetworkShape shape) => space switch
    {
        IModuleSearchSpace => NetworkCostMeter.Measure(space, architecture, shape),
        ISearchSpaceView view => view.Ask(nameof(CostOf), inner => inner.CostOf(architecture, shape)),
        _ => GraphOf(space, architecture, shape).Cost,
    };

    /// <summary>Builds a network whose weights are of no account.</summary>
    internal static nn.Module<Tensor, Tensor> BuildWithoutWeights(this ISearchSpace space, Architecture architecture, NetworkShape shape) =>
        NetworkOf(space, architecture, shape, graph => new GraphModule(graph));

    /// <summary>Builds a network on the CPU whose weights are of no account, and without layers where the space describes it.</summary>
    /// <param name="space">The space.</param>
    /// <param name="architecture">An architecture of the space.</param>
    /// <param name="shape">The shape of the images and the number of classes.</param>
    /// <param name="dtype">The weights' dtype; null for those who read none.</param>
    /// <param name="newTensor">Makes a weight with whatever is in memory; null for libtorch's.</param>
    internal static nn.Module<Tensor, Tensor> BuildWithoutLayers(
        this ISearchSpace space, Architecture architecture, NetworkShape shape, ScalarType? dtype, Func<ScalarType, long[], Tensor>? newTensor = null) =>
        NetworkOf(space, architecture, shape, graph => new GraphWeights(graph, dtype, newTensor));

    /// <summary>Tells whether a space describes its networks, so that their costs are known without building them.</summary>
    internal static bool HasGraphs(this ISearchSpace space) => space switch
    {
        IModuleSearchSpace => false,
        ISearchSpaceView view => view.Ask(nameof(HasGraphs), HasGraphs),
        _ => true,
    };

    private static nn.Module<Tensor, Tensor> NetworkOf(
        ISearchSpace space, Architecture architecture, NetworkShape shape, Func<NetworkGraph, nn.Module<Tensor, Tensor>> moduleOf) => space switch
        {
            IModuleSearchSpace modules => modules.BuildNetwork(architecture, shape)
                ?? throw new InvalidOperationException($"{nameof(BuildNetwork)} of {space.Id} returned null."),
            ISearchSpaceView view => view.Ask(nameof(BuildNetwork), inner => NetworkOf(inner, architecture, shape, moduleOf)),
            _ => moduleOf(GraphOf(space, architecture, shape)),
        };

    private static NetworkGraph GraphOf(ISearchSpace space, Architecture architecture, NetworkShape shape)
    {
        ArgumentNullException.ThrowIfNull(space);
        NetworkGraph graph = space.Describe(architecture, shape)
            ?? throw new InvalidOperationException($"{nameof(ISearchSpace.Describe)} of {space.Id} returned null.");
        return graph.Shape == shape
            ? graph
            : throw new InvalidOperationException($"{nameof(ISearchSpace.Describe)} of {space.Id} describes a network for other images or classes: begin it by Graph.Images(shape) or Graph.Input(shape).");
    }
}

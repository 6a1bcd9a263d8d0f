using RankNas.Graphs;
using static TorchSharp.torch;

namespace RankNas.SearchSpaces;

/// <summary>A space that builds its networks as modules, without describing them as graphs.</summary>
/// <remarks>
/// Its networks are scored by hooks, which is slower, and their costs are measured by a forward pass. Proxies that use the graph, and the export, need
/// <see cref="ISearchSpace.Describe"/>.
/// </remarks>
public interface IModuleSearchSpace : ISearchSpace
{
    /// <summary>Builds the network, on the CPU, in float32, in training mode. The engine overwrites its weights.</summary>
    /// <param name="architecture">An architecture of this space.</param>
    /// <param name="shape">The shape of the images and the number of classes.</param>
    /// <returns>A new module from images <c>[N, Channels, Height, Width]</c> to logits <c>[N, Classes]</c>. The caller disposes it.</returns>
    nn.Module<Tensor, Tensor> BuildNetwork(Architecture architecture, NetworkShape shape);

    /// <inheritdoc/>
    NetworkGraph ISearchSpace.Describe(Architecture architecture, NetworkShape shape) =>
        throw new NotSupportedException($"The space '{Id}' builds modules and has no graphs: implement {nameof(Describe)} in place of {nameof(IModuleSearchSpace)}.");
}

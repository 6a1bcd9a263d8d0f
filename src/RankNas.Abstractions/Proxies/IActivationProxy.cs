using RankNas.Graphs;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>A proxy that only watches what goes into layers, so that one clean and one noisy pass serve all such proxies together.</summary>
public interface IActivationProxy : IZeroCostProxy
{
    /// <summary>Gets the layers it watches as the images pass.</summary>
    LayerKinds CleanLayers { get; }

    /// <summary>Gets the layers it watches as the noisy images pass; <see cref="LayerKinds.None"/> where it needs no such pass.</summary>
    LayerKinds NoisyLayers => LayerKinds.None;

    /// <summary>Gets the proxy as it watches the networks of one graph: what it looks at may depend on what there is.</summary>
    /// <param name="graph">The graph of the network, where it has one.</param>
    /// <value>The default is the proxy itself.</value>
    IActivationProxy ForGraph(NetworkGraph graph) => this;

    /// <summary>Gets the proxy as it watches a network without a graph.</summary>
    internal IActivationProxy ForModule(nn.Module network) => this;

    /// <summary>Gets whether its observers read nothing but the signs of what goes into activations.</summary>
    internal bool ReadsSignsAlone => false;

    /// <summary>Starts to watch one network. The clean pass comes whole before the noisy one, both in the same order of layers.</summary>
    IActivationObserver CreateObserver(ProbeBatch batch);
}

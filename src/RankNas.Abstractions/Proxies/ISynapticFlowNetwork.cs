using static TorchSharp.torch;

namespace RankNas;

/// <summary>A network that computes its synaptic flow itself, where for others it is found by hooks and automatic differentiation.</summary>
public interface ISynapticFlowNetwork
{
    /// <summary>Passes an image through the network made linear and positive: absolute weights, BatchNorm as identity.</summary>
    /// <remarks>
    /// Other threads score other networks meanwhile: an implementation that takes gradients of convolutions by libtorch holds
    /// <c>GradientPasses.Alone</c> while it does.
    /// </remarks>
    /// <param name="image">One all-ones image <c>[1, C, H, W]</c>, on the network's device, in the number format to compute in.</param>
    SynapticFlow ComputeSynapticFlow(Tensor image);
}

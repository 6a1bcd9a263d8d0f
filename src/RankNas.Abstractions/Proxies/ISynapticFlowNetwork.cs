using static TorchSharp.torch;

namespace RankNas;

/// <summary>A network that computes its synaptic flow itself, where for others it is found by hooks and automatic differentiation.</summary>
public interface ISynapticFlowNetwork
{
    /// <summary>Passes an image through the network made linear and positive: absolute weights, BatchNorm as identity.</summary>
    /// <param name="image">One all-ones image <c>[1, C, H, W]</c>, on the network's device, in the number format to compute in.</param>
    SynapticFlow ComputeSynapticFlow(Tensor image);
}

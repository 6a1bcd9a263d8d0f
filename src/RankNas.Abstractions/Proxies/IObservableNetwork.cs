using static TorchSharp.torch;

namespace RankNas;

/// <summary>A network that reports its layers' inputs itself and so may share work between layers, where others are watched by hooks.</summary>
public interface IObservableNetwork
{
    /// <summary>Runs the network with BatchNorm on batch statistics and leaves its running statistics alone.</summary>
    /// <param name="images">Images <c>[N, C, H, W]</c>.</param>
    /// <param name="sink">Takes the inputs, each layer counted once, in an order that depends on the architecture alone.</param>
    /// <returns>Logits <c>[N, classes]</c>.</returns>
    Tensor Forward(Tensor images, ILayerSink sink);
}

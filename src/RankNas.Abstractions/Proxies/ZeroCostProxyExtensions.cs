using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Scores networks by a proxy, without a search.</summary>
public static class ZeroCostProxyExtensions
{
    /// <summary>Scores a network on images, with no labels and with Gaussian noise from seed 0.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="network">A module from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>; it is not changed.</param>
    /// <param name="images">Normalised images <c>[N, C, H, W]</c> on the network's device; they still belong to the caller.</param>
    public static double Score(this IZeroCostProxy proxy, nn.Module<Tensor, Tensor> network, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        using var batch = new ProbeBatch(images);
        return proxy.Score(network, batch);
    }
}

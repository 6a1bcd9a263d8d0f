using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies.Blocks;

/// <summary>What proxies by blocks need of a network.</summary>
internal static class BlockNetworks
{
    /// <summary>Gets a network's blocks.</summary>
    /// <exception cref="ProxyNotApplicableException">It has no two.</exception>
    public static IReadOnlyList<nn.Module<Tensor, Tensor>> BlocksOf(nn.Module<Tensor, Tensor> network, IZeroCostProxy proxy) =>
        network is GraphModule { Blocks: { Count: > 1 } blocks } ? blocks : throw Required(proxy);

    public static ProxyNotApplicableException Required(IZeroCostProxy proxy) =>
        new($"{proxy.Id} saw no two blocks (it is defined for graphs with blocks, which Block(…) marks)");
}

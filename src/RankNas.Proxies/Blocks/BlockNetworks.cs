namespace RankNas;

/// <summary>What proxies by blocks need of a network.</summary>
internal static class BlockNetworks
{
    public static ProxyNotApplicableException Required(IZeroCostProxy proxy) => new(
        $"{proxy.Id} saw no two blocks (it is defined for networks that implement {nameof(IBlockNetwork)})");
}

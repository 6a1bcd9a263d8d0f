namespace RankNas;

/// <summary>What proxies by blocks need of a network.</summary>
internal static class BlockNetworks
{
    public static NotSupportedException Required(IZeroCostProxy proxy) => new(
        $"{proxy.GetType().Name} is defined for networks of two blocks at least: have the network implement {nameof(IBlockNetwork)}.");
}

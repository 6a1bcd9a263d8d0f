using RankNas.Proxies;

namespace RankNas.Tool.Arguments;

/// <summary>What the commands do to builders alike.</summary>
internal static class BuilderExtensions
{
    public static NasBuilder AddProxies(this NasBuilder builder, IEnumerable<IZeroCostProxy> proxies) =>
        proxies.Aggregate(builder, (built, proxy) => built.AddProxy(proxy));
}

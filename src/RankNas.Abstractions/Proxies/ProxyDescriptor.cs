namespace RankNas.Proxies;

/// <summary>The identity of a proxy in requests, stores and results.</summary>
/// <param name="Id">The proxy's name, such as <c>naswot</c>.</param>
/// <param name="Settings">Every setting that changes the score, in one canonical text; empty where there is none.</param>
/// <param name="Direction">Which scores are better.</param>
public sealed record ProxyDescriptor(string Id, string Settings, ScoreDirection Direction)
{
    /// <summary>Describes a proxy.</summary>
    public static ProxyDescriptor Of(IZeroCostProxy proxy)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        return new ProxyDescriptor(proxy.Id, proxy.Settings, proxy.Direction);
    }
}

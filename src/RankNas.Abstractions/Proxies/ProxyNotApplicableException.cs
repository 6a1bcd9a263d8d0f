namespace RankNas.Proxies;

/// <summary>A proxy found no layer to observe in a network, so a number would be meaningless.</summary>
/// <remarks>Its message becomes the reason of the failed score; a search that ends because of it prefixes "In 24 of 24 networks,".</remarks>
/// <param name="message">What the proxy did not see, without a full stop: <c>naswot saw no activation</c>.</param>
public sealed class ProxyNotApplicableException(string message) : InvalidOperationException(message)
{
    /// <summary>Throws if a proxy has seen no layer that it needs: <c>naswot saw no activation (…)</c>.</summary>
    /// <param name="seen">How many it has seen.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="what">What it needs, in the singular and without an article: <c>activation</c>.</param>
    /// <param name="hint">The possible reason, or what to do; omitted if null.</param>
    /// <exception cref="ProxyNotApplicableException"><paramref name="seen"/> is 0.</exception>
    public static void ThrowIfNone(long seen, IZeroCostProxy proxy, string what, string? hint = HiddenCalls)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        if (seen == 0)
        {
            throw new ProxyNotApplicableException($"{proxy.Id} saw no {what}{(hint is null ? "" : $" ({hint})")}");
        }
    }

    /// <summary>Why a layer may run and yet not be seen.</summary>
    internal const string HiddenCalls = "functional calls and layers called by forward() are not seen: use modules, and call(…)";
}

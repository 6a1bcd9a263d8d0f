namespace RankNas.Proxies;

/// <summary>A proxy has nothing to look at in a network, so that any number would mean nothing.</summary>
/// <remarks>Its message becomes the reason of the failed score as it is; a search that ends puts "In 24 of 24 networks," before it.</remarks>
/// <param name="message">What the proxy did not see, without a full stop: <c>naswot saw no activation</c>.</param>
public sealed class ProxyNotApplicableException(string message) : InvalidOperationException(message)
{
    /// <summary>Throws where a proxy has seen none of what it needs: <c>naswot saw no activation (…)</c>.</summary>
    /// <param name="seen">How many it has seen.</param>
    /// <param name="proxy">The proxy.</param>
    /// <param name="what">What it needs, in the singular and without an article: <c>activation</c>.</param>
    /// <param name="hint">What may be the reason, or what to do; left out where null.</param>
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

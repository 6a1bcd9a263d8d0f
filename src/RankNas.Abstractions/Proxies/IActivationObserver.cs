namespace RankNas.Proxies;

/// <summary>Watches the passes of one network and turns what it saw into a score.</summary>
public interface IActivationObserver : IDisposable
{
    /// <summary>Sees the input of a layer that the proxy asked for.</summary>
    void Observe(ForwardPass pass, LayerInput input);

    /// <summary>Gets the score, after the last pass.</summary>
    /// <exception cref="ProxyNotApplicableException">Nothing was observed: <see cref="ProxyNotApplicableException.ThrowIfNone"/>.</exception>
    double Complete();
}

namespace RankNas.Proxies;

/// <summary>Observes the forward passes of one network and computes a score from them.</summary>
public interface IActivationObserver : IDisposable
{
    /// <summary>Receives the input of a layer of a requested kind.</summary>
    void Observe(ForwardPass pass, LayerInput input);

    /// <summary>Gets the score, after the last pass.</summary>
    /// <exception cref="ProxyNotApplicableException">Nothing was observed: <see cref="ProxyNotApplicableException.ThrowIfNone"/>.</exception>
    double Complete();
}

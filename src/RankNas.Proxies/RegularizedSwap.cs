using System.Globalization;
using RankNas.Graphs;
using RankNas.Kernels;
using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Regularised SWAP: <see cref="Swap"/>'s number of patterns, weighted by how near the network is to a wanted size. Higher is better.</summary>
/// <remarks>
/// ψ · exp(−(Θ − μ)²/σ), Θ the trainable parameters in thousands, μ and σ of <see cref="SwapOptions"/>. Peng et al., <em>SWAP-NAS: Sample-Wise Activation Patterns for Ultra-fast NAS</em>,
/// ICLR 2024: the regularised SWAP-Score. Far from the wanted size it is 0.
/// </remarks>
public sealed class RegularizedSwap : IActivationProxy
{
    private const double ParametersOfUnit = 1_000;

    private readonly SwapOptions _options;
    private readonly long _parameters;

    /// <summary>Initializes the proxy.</summary>
    /// <param name="options">The settings; the defaults if null.</param>
    public RegularizedSwap(SwapOptions? options = null)
        : this(options ?? new SwapOptions(), parameters: 0)
    {
    }

    private RegularizedSwap(SwapOptions options, long parameters) => (_options, _parameters) = (options, parameters);

    /// <inheritdoc/>
    public string Id => "swap-reg";

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"mu={_options.Mu}, sigma={_options.Sigma}");

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.Activation;

    bool IActivationProxy.ReadsSignsAlone => true;

    /// <summary>Gets the proxy with the number of the graph's parameters.</summary>
    /// <inheritdoc/>
    public IActivationProxy ForGraph(NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new RegularizedSwap(_options, graph.Cost.Parameters);
    }

    IActivationProxy IActivationProxy.ForModule(nn.Module network) => new RegularizedSwap(_options, NetworkCostMeter.CountParameters(network));

    /// <inheritdoc/>
    public string? HintFor(double score) => score == 0
        ? "The networks are far from the size that is wanted: set Mu and Sigma of SwapOptions to that of the space."
        : null;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network calls no activation layer, or some ran unseen, or has no parameter that is not frozen, or the batch has one image alone.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network has no parameter that is not frozen.</exception>
    public IActivationObserver CreateObserver(ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ProxyNotApplicableException.ThrowIfNone(_parameters, this, "trainable parameter", hint: null);
        double missing = (_parameters / ParametersOfUnit) - _options.Mu;
        return new Swap.Observer(this, batch.Size, Math.Exp(-missing * missing / _options.Sigma));
    }
}

using RankNas.Kernels;
using RankNas.Proxies.Blocks;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The base class of expressivity and progressivity, which compute their scores from the entropies s_1 to s_L of the blocks' features.</summary>
/// <remarks>
/// s_l is the entropy of the eigenvalues' shares of the covariance between the channels of block l's output, all pixels of all images being
/// samples. The network needs a graph with blocks, as NATS-Bench's networks have.
/// </remarks>
public abstract class FeatureEntropyProxy : IActivationProxy
{
    private protected FeatureEntropyProxy()
    {
    }

    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public NetworkNeeds Needs => NetworkNeeds.Blocks;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.BlockOutput;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network has no graph with at least two blocks.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer(this);

    /// <summary>Computes the score from the entropies.</summary>
    /// <param name="entropies">s_1 to s_L, at least two.</param>
    private protected abstract double ScoreOf(IReadOnlyList<double> entropies);

    private sealed class Observer(FeatureEntropyProxy proxy) : IActivationObserver
    {
        private readonly List<double> _entropies = [];

        public void Observe(ForwardPass pass, LayerInput input) => _entropies.Add(FeatureEntropy.Of(input.Tensor));

        public double Complete() => _entropies.Count > 1 ? proxy.ScoreOf(_entropies) : throw BlockNetworks.Required(proxy);

        public void Dispose()
        {
        }
    }
}

using RankNas.Kernels;
using RankNas.Proxies.Blocks;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>What expressivity and progressivity share: the entropies s_1 to s_L of the blocks' features, of which each makes a score of its own.</summary>
/// <remarks>
/// s_l is the entropy of the eigenvalues' shares of the covariance between the channels of block l's output, all pixels of all images being
/// samples. The network is of a graph with blocks, as NATS-Bench's are.
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
    /// <exception cref="ProxyNotApplicableException">The network is of no graph with two blocks at least.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer(this);

    /// <summary>Makes a score of the entropies.</summary>
    /// <param name="entropies">s_1 to s_L, two at least.</param>
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

using RankNas.Graphs;
using RankNas.Kernels;
using RankNas.Proxies.Blocks;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The base class of expressivity and progressivity, which compute their scores from the entropies s_1 to s_L of the blocks' features.</summary>
/// <remarks>
/// s_l is the entropy of the eigenvalues' shares of the covariance between the channels of block l's output, all pixels of all images being
/// samples. A network without two blocks, or a hand-written module, is watched at the inputs of its activations instead, in the order in which they run. This is our own
/// extension: AZ-NAS knows networks of blocks alone. The two kinds of scores are not comparable.
/// </remarks>
public abstract class FeatureEntropyProxy : IActivationProxy
{
    private protected FeatureEntropyProxy(LayerKinds watched) => CleanLayers = watched;

    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers { get; }

    /// <summary>Gets one that watches the blocks of a network with two or more, and its activations otherwise.</summary>
    /// <inheritdoc/>
    public IActivationProxy ForGraph(NetworkGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Watching(graph.Blocks.Length > 1 ? LayerKinds.BlockOutput : LayerKinds.Activation);
    }

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network has neither two blocks nor two activations, or some ran unseen.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer(this);

    /// <summary>Computes the score from the entropies.</summary>
    /// <param name="entropies">s_1 to s_L, at least two.</param>
    private protected abstract double ScoreOf(IReadOnlyList<double> entropies);

    private protected abstract FeatureEntropyProxy Watching(LayerKinds watched);

    private sealed class Observer(FeatureEntropyProxy proxy) : IActivationObserver
    {
        private readonly List<double> _entropies = [];

        public void Observe(ForwardPass pass, LayerInput input) => _entropies.Add(FeatureEntropy.Of(input.Tensor));

        public double Complete() => _entropies.Count > 1 ? proxy.ScoreOf(_entropies) : throw new ProxyNotApplicableException($"{proxy.Id} saw neither two blocks nor two activations");

        public void Dispose()
        {
        }
    }
}

using RankNas.Kernels;
using RankNas.Kernels.Activations;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>SWAP: how many different patterns the units of an untrained network show over the images. Higher is better.</summary>
/// <remarks>
/// ψ = |{p_v}|, the number of distinct sample-wise activation patterns: p_v is <c>[N]</c> of bits, bit n of it whether what goes into unit v is greater than zero for
/// image n. The units are all values of all activation layers, each channel of each pixel one, and the set is one for the whole network: a pattern that units of two layers show
/// counts once. ψ is at most 2^N: few images tell large networks apart badly. Over 16, those of NATS-Bench's topology space show nearly all 65,536 patterns.
/// Peng et al., <em>SWAP-NAS: Sample-Wise Activation Patterns for Ultra-fast NAS</em>, ICLR 2024: the SWAP-Score. That paper knows ReLU; of every other activation the sign of the
/// input is taken, as by <see cref="Naswot"/>. Patterns are compared bit by bit for up to 128 images, and by a hash of 128 bits for more.
/// </remarks>
public sealed class Swap : IActivationProxy
{
    /// <inheritdoc/>
    public string Id => "swap";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.Activation;

    bool IActivationProxy.ReadsSignsAlone => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network calls no activation layer, or some ran unseen, or the batch has one image alone, over which there are two patterns at most.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new Observer(this, batch.Size, factor: 1);
    }

    /// <summary>Counts patterns.</summary>
    /// <param name="proxy">Who asks.</param>
    /// <param name="images">The images of the batch.</param>
    /// <param name="factor">What the number is multiplied by.</param>
    internal sealed class Observer(IActivationProxy proxy, int images, double factor) : IActivationObserver
    {
        private readonly DistinctPatterns _patterns = new(images);
        private long _layers;

        public void Observe(ForwardPass pass, LayerInput input)
        {
            if (input.Signs is { } signs)
            {
                _patterns.Add(signs);
            }
            else
            {
                _patterns.Add(input.Tensor);
            }

            _layers += input.Uses;
        }

        public double Complete()
        {
            ProxyNotApplicableException.ThrowIfNone(_layers, proxy, "activation");
            ProxyNotApplicableException.ThrowIfNone(images - 1, proxy, "second image", "over one image there are two patterns at most");
            return factor * _patterns.Count;
        }

        public void Dispose() => _patterns.Dispose();
    }
}

using RankNas.Kernels;
using RankNas.Kernels.Activations;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>NASWOT: how differently the activations of an untrained network switch for different images. Higher is better.</summary>
/// <remarks>
/// ln|det K_H|, K_H = Σ over activation layers of c·cᵀ + (1 − c)·(1 − c)ᵀ, where c = (input of the activation &gt; 0) is <c>[N, units]</c>, so that
/// K_H[i, j] is the number of units that agree on images i and j. −∞ where two images cannot be told apart.
/// Mellor et al., <em>Neural Architecture Search without Training</em>, ICML 2021; the paper's Section 2.2.
/// <para>
/// That paper knows ReLU only, whose linear regions the signs number. Every other activation that works element by element bends or changes sign at
/// or near 0 too, so that the sign of its input says on which side a unit is: the same code serves all, as in Peng et al., <em>SWAP-NAS:
/// Sample-Wise Activation Patterns for Ultra-fast NAS</em>, ICLR 2024.
/// </para>
/// </remarks>
public sealed class Naswot : IActivationProxy
{
    /// <inheritdoc/>
    public string Id => "naswot";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.Activation;

    bool IActivationProxy.ReadsSignsAlone => true;

    /// <inheritdoc/>
    public string? HintFor(double score) => double.IsNegativeInfinity(score)
        ? "NASWOT is −∞ where two images switch all ReLUs alike: look for copies among the images, take fewer images, or wider networks."
        : null;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network calls no activation layer, or some ran unseen, or the batch has one image alone, with which there is nothing to compare.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new Observer(this, batch.Size);
    }

    private sealed class Observer(Naswot proxy, int images) : IActivationObserver
    {
        private readonly AgreementKernel _kernel = new(images);

        private long _layers;

        public void Observe(ForwardPass pass, LayerInput input)
        {
            if (input.Signs is { } signs)
            {
                _kernel.Add(signs, input.Uses);
            }
            else
            {
                _kernel.Add(input.Tensor, input.Uses);
            }

            _layers += input.Uses;
        }

        public double Complete()
        {
            ProxyNotApplicableException.ThrowIfNone(_layers, proxy, "activation");
            ProxyNotApplicableException.ThrowIfNone(images - 1, proxy, "second image", "it compares images");
            return _kernel.LogAbsoluteDeterminant();
        }

        public void Dispose() => _kernel.Dispose();
    }
}

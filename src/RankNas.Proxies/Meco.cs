using RankNas.Kernels;
using RankNas.Proxies.Blocks;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>MeCo: how little the channels of an untrained network's feature maps repeat each other. Higher is better.</summary>
/// <remarks>
/// Σ over layers of λ_min(P), P <c>[C, C]</c> Pearson's correlation matrix of a feature map's channels for the first image of the batch, each of its pixels an observation. Jiang et al., <em>MeCo:
/// Zero-Shot NAS with One Data and Single Forward Pass via Minimum Eigenvalue of Correlation</em>, NeurIPS 2023.
/// <para>
/// The feature maps are those that go into activations, which every space has and which a normalisation of channels does not change. The authors' program also takes the outputs of all other modules;
/// tokens count as pixels, and layers of features alone, which have no pixels, do not count. BatchNorm uses the statistics of the whole batch.
/// </para>
/// <para>
/// λ_min is 0 where P is singular: where there are no more pixels than channels, or a channel does not vary. Such layers add nothing. In NATS-Bench's topology space with images of 32×32 these are
/// the layers of 64 channels of 8×8 pixels; larger images would let them count. It is at most 1, for a layer whose channels are uncorrelated.
/// </para>
/// <para>
/// The more channels, the smaller is λ_min: among networks that differ in width, as in NATS-Bench's size space, the full form ranks wide ones last. The paper's optimised form, MeCo_opt,
/// <c>meco-opt</c>, takes n = min(8, C) channels of each layer and weighs by C/n. The paper draws them; here they are channels ⌊i·C/n⌋, which says the same of random weights.
/// </para>
/// </remarks>
public sealed class Meco : IActivationProxy
{
    private const int RankOfTokens = 3;
    private const int ChannelsOfSample = 8;

    private readonly MecoForm _form;

    /// <summary>Initializes the proxy.</summary>
    /// <param name="form">Which form to score.</param>
    /// <exception cref="ArgumentOutOfRangeException">The form is not one of the two.</exception>
    public Meco(MecoForm form = MecoForm.Full)
    {
        if (!Enum.IsDefined(form))
        {
            throw new ArgumentOutOfRangeException(nameof(form), form, "The form is Full or Optimized.");
        }

        _form = form;
    }

    /// <inheritdoc/>
    public string Id => _form == MecoForm.Full ? "meco" : "meco-opt";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.Activation;

    /// <inheritdoc/>
    public string? HintFor(double score) => score == 0
        ? "MeCo is 0 where every layer has at least as many channels as pixels: take larger images, or narrower networks."
        : null;

    /// <inheritdoc/>
    public string? HintWhereSmallIsBest => _form == MecoForm.Full ? "MeCo falls as layers get wider: where widths differ, take meco-opt." : null;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network calls no activation layer on features <c>[N, C, H, W]</c> or tokens <c>[N, T, C]</c>, or some ran unseen.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer(this);

    private sealed class Observer(Meco proxy) : IActivationObserver
    {
        private double _sum;
        private long _layers;
        private long _maps;

        public void Observe(ForwardPass pass, LayerInput input)
        {
            _layers += input.Uses;
            if (input.Shape.Count < RankOfTokens)
            {
                return;
            }

            using DisposeScope scope = NewDisposeScope();
            Tensor pixels = PixelRows.Of(input.Tensor.narrow(0, 0, 1));
            long channels = pixels.size(1), taken = proxy._form == MecoForm.Full ? channels : Math.Min(ChannelsOfSample, channels);
            Tensor sample = taken == channels ? pixels
                : pixels.index_select(1, tensor([.. Enumerable.Range(0, (int)taken).Select(index => index * channels / taken)], dtype: ScalarType.Int64, device: pixels.device));
            _sum += input.Uses * (double)channels / taken * LeastCorrelation.Of(sample);
            _maps += input.Uses;
        }

        public double Complete()
        {
            ProxyNotApplicableException.ThrowIfNone(_layers, proxy, "activation");
            ProxyNotApplicableException.ThrowIfNone(_maps, proxy, "feature map", "its activations have features alone, and no pixels to correlate them over");
            return _sum;
        }

        public void Dispose()
        {
        }
    }
}

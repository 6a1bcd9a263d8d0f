using static TorchSharp.torch;

namespace RankNas;

/// <summary>AZ-NAS's expressivity: in how many directions the features of the blocks spread. Higher is better.</summary>
/// <remarks>
/// Σ over blocks l of s_l, the entropy of the eigenvalues' shares of the covariance between the channels of block l's output, all pixels of
/// all images being samples. The network implements <see cref="IBlockNetwork"/>, as NATS-Bench's do. Lee and Ham, <em>AZ-NAS: Assembling
/// Zero-Cost Proxies for Network Architecture Search</em>, CVPR 2024, Section 3; there the images are standard normal noise.
/// </remarks>
public sealed class Expressivity : IActivationProxy
{
    /// <inheritdoc/>
    public string Id => "expressivity";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.BlockOutput;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The network is no <see cref="IBlockNetwork"/> of two blocks at least.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) => new FeatureEntropyObserver(nameof(Expressivity), entropies => entropies.Sum());
}

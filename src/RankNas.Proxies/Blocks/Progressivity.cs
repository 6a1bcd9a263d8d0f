using static TorchSharp.torch;

namespace RankNas;

/// <summary>AZ-NAS's progressivity: how much the features of the blocks widen from each to the next. Higher is better.</summary>
/// <remarks>
/// The least of s_l − s_(l−1), s_l as in <see cref="Expressivity"/>. Lee and Ham, <em>AZ-NAS: Assembling Zero-Cost Proxies for Network
/// Architecture Search</em>, CVPR 2024, Section 3; there the images are standard normal noise.
/// </remarks>
public sealed class Progressivity : IActivationProxy
{
    /// <inheritdoc/>
    public string Id => "progressivity";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.BlockOutput;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The network is no <see cref="IBlockNetwork"/> of two blocks at least.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch) =>
        new FeatureEntropyObserver(nameof(Progressivity), entropies => entropies.Zip(entropies.Skip(1), (before, after) => after - before).Min());
}

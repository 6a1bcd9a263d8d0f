namespace RankNas.Proxies;

/// <summary>AZ-NAS's expressivity: the entropy of the principal components of the blocks' features. Higher is better.</summary>
/// <remarks>
/// Σ s_l over blocks l, s_l as in <see cref="FeatureEntropyProxy"/>. Lee and Ham, <em>AZ-NAS: Assembling Zero-Cost Proxies for Network
/// Architecture Search</em>, CVPR 2024, Section 3; there the images are standard normal noise.
/// </remarks>
public sealed class Expressivity : FeatureEntropyProxy
{
    /// <summary>Initializes the proxy.</summary>
    public Expressivity()
        : this(LayerKinds.Activation)
    {
    }

    private Expressivity(LayerKinds watched)
        : base(watched)
    {
    }

    /// <inheritdoc/>
    public override string Id => "expressivity";

    private protected override double ScoreOf(IReadOnlyList<double> entropies) => entropies.Sum();

    private protected override FeatureEntropyProxy Watching(LayerKinds watched) => new Expressivity(watched);
}

namespace RankNas.Proxies;

/// <summary>AZ-NAS's progressivity: the smallest increase of the features' entropy from one block to the next. Higher is better.</summary>
/// <remarks>
/// The minimum of s_l − s_(l−1), s_l as in <see cref="FeatureEntropyProxy"/>. Lee and Ham, <em>AZ-NAS: Assembling Zero-Cost Proxies for Network
/// Architecture Search</em>, CVPR 2024, Section 3; there the images are standard normal noise.
/// </remarks>
public sealed class Progressivity : FeatureEntropyProxy
{
    /// <summary>Initializes the proxy.</summary>
    public Progressivity()
        : this(LayerKinds.Activation)
    {
    }

    private Progressivity(LayerKinds watched)
        : base(watched)
    {
    }

    /// <inheritdoc/>
    public override string Id => "progressivity";

    private protected override double ScoreOf(IReadOnlyList<double> entropies) =>
        entropies.Zip(entropies.Skip(1), (before, after) => after - before).Min();

    private protected override FeatureEntropyProxy Watching(LayerKinds watched) => new Progressivity(watched);
}

using static TorchSharp.torch;

namespace RankNas;

/// <summary>Skip-path depth: how many nodes the skip connections of a cell pass over, on average. Higher is better.</summary>
/// <remarks>
/// It speaks of trainability, which neither NASWOT nor synaptic flow sees, and says little alone. The network implements
/// <see cref="ISkipDepthNetwork"/>, as NATS-Bench's do. Cavagnero et al., <em>FreeREA: Training-Free Evolution-based Architecture
/// Search</em>, WACV 2023, Section 3.2.
/// </remarks>
public sealed class SkipDepth : IZeroCostProxy
{
    /// <inheritdoc/>
    public string Id => "skip-depth";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool IsConcurrent => true;

    /// <inheritdoc/>
    public Type? RequiredNetwork => typeof(ISkipDepthNetwork);

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network is no <see cref="ISkipDepthNetwork"/>.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => network is ISkipDepthNetwork cells
        ? cells.SkipDepth
        : throw new ProxyNotApplicableException($"{Id} saw no cells (it is defined for networks that implement {nameof(ISkipDepthNetwork)})");
}

using static TorchSharp.torch;

namespace RankNas;

/// <summary>NASWOT: how differently the ReLUs of an untrained network switch for different images. Higher is better.</summary>
/// <remarks>
/// ln|det K_H|, K_H = Σ over ReLU layers of c·cᵀ + (1 − c)·(1 − c)ᵀ, where c = (input of the ReLU &gt; 0) is <c>[N, units]</c>, so that
/// K_H[i, j] is the number of units that agree on images i and j. −∞ where two images cannot be told apart.
/// Mellor et al., <em>Neural Architecture Search without Training</em>, ICML 2021; the paper's Section 2.2.
/// </remarks>
public sealed class Naswot : IActivationProxy
{
    /// <inheritdoc/>
    public string Id => "naswot";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public LayerKinds CleanLayers => LayerKinds.Relu;

    /// <inheritdoc/>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

    /// <inheritdoc/>
    public IActivationObserver CreateObserver(ProbeBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new Observer(batch.Size);
    }

    private sealed class Observer(int images) : IActivationObserver
    {
        private readonly AgreementKernel _kernel = new(images);

        public void Observe(ForwardPass pass, LayerInput input) => _kernel.Add(input.Tensor, input.Uses);

        public double Complete() => _kernel.LogAbsoluteDeterminant();

        public void Dispose() => _kernel.Dispose();
    }
}

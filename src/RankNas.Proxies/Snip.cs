using RankNas.Proxies.Gradients;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>SNIP: how much the loss hangs on the weights. Higher is better.</summary>
/// <remarks>
/// Σ |w · ∂L/∂w| over the weights of convolutions and linear layers, L the mean cross-entropy of the batch, BatchNorm on batch statistics.
/// Where the batch has no labels, or any that is none of the network's classes, labels are drawn from <see cref="ProbeBatch.Seed"/>.
/// Lee et al., <em>SNIP: Single-shot Network Pruning based on Connection Sensitivity</em>, ICLR 2019; as a proxy, Abdelfattah et al.,
/// <em>Zero-Cost Proxies for Lightweight NAS</em>, ICLR 2021.
/// </remarks>
public sealed class Snip : IZeroCostProxy
{
    /// <inheritdoc/>
    public string Id => "snip";

    /// <inheritdoc/>
    public string Settings => ProbeLabels.Setting;

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The network has no convolution and no linear layer, or its loss depends on no weight.</exception>
    /// <exception cref="InvalidOperationException">The network gives no logits <c>[N, classes]</c>.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        IReadOnlyList<Parameter> weights = pass.WeightsFor(this);
        Tensor[] gradients = GradientPass.DerivativesFor(this, pass.Loss(), weights);
        using IDisposable guard = no_grad();
        return weights.Zip(gradients, (weight, gradient) => (weight * gradient).abs().sum(ScalarType.Float64).item<double>()).Sum();
    }
}

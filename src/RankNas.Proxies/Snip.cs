using RankNas.Proxies.Gradients;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>SNIP: the sensitivity of the loss to the weights. Higher is better.</summary>
/// <remarks>
/// Σ |w · ∂L/∂w| over the weights of convolutions and linear layers, L the mean cross-entropy of the batch, BatchNorm on batch statistics.
/// If the batch has no labels, or labels outside the network's classes, random labels are drawn from <see cref="ProbeBatch.Seed"/>.
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
    /// <exception cref="ProxyNotApplicableException">The network has no convolution and no linear layer, or one class alone, or its loss does not depend on any weight.</exception>
    /// <exception cref="InvalidOperationException">The network does not return logits <c>[N, classes]</c>.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        IReadOnlyList<Parameter> weights = pass.WeightsFor(this);
        Tensor[] gradients = GradientPass.DerivativesFor(this, pass.LossFor(this), weights);
        using IDisposable guard = no_grad();
        return weights.Zip(gradients, (weight, gradient) => (weight * gradient).abs().sum(ScalarType.Float64).ReadNumber()).Sum();
    }
}

using RankNas.Proxies.Gradients;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>The norm of the gradients after one batch. Higher is better.</summary>
/// <remarks>
/// Σ ‖∂L/∂W‖ over the weights W of convolutions and linear layers, ‖·‖ the Frobenius norm of each, L the mean cross-entropy of the batch,
/// BatchNorm on batch statistics. If the batch has no labels, or labels outside the network's classes, random labels are drawn from
/// <see cref="ProbeBatch.Seed"/>. Abdelfattah et al., <em>Zero-Cost Proxies for Lightweight NAS</em>, ICLR 2021.
/// </remarks>
public sealed class GradientNorm : IZeroCostProxy
{
    /// <inheritdoc/>
    public string Id => "grad-norm";

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
        return gradients.Sum(gradient => Math.Sqrt(SquaredNorm.Of(gradient)));
    }
}

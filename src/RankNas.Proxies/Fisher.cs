using RankNas.Proxies.Gradients;
using RankNas.Torch.Hooks;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Fisher: how much the loss would change without each channel. Higher is better.</summary>
/// <remarks>
/// Σ over convolutions and linear layers, and over the channels of each one's output a, of ½ · mean over images of
/// (Σ over space of a · ∂L/∂a)², L the mean cross-entropy of the batch, BatchNorm on batch statistics. A layer that is called more than
/// once counts at each call. If the batch has no labels, or labels outside the network's classes, random labels are drawn from
/// <see cref="ProbeBatch.Seed"/>. Theis et al., <em>Faster gaze prediction with dense networks and Fisher pruning</em>, 2018; for choosing
/// blocks, Turner et al., <em>BlockSwap</em>, ICLR 2020. The program of Abdelfattah et al. (ICLR 2021) adds up the same values, but multiplies
/// each channel's by the number of weights of its filter.
/// </remarks>
public sealed class Fisher : IZeroCostProxy
{
    /// <inheritdoc/>
    public string Id => "fisher";

    /// <inheritdoc/>
    public string Settings => ProbeLabels.Setting;

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network runs no convolution or linear layer by <c>call</c>, or some by <c>forward</c>, or one class alone, or its loss does not depend on any weight.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The batch dimension of a layer's input is not the number of images, or the network does not return logits <c>[N, classes]</c>.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        using var calls = CallLog.Attach(network);
        using var gates = new ChannelGates(network, batch.Size);
        Tensor loss = pass.LossFor(this);
        HiddenLayers.ThrowIfAny(calls, this, LayerKinds.Convolution, LayerKinds.Linear);
        ProxyNotApplicableException.ThrowIfNone(gates.All.Count, this, GradientPass.Layers);
        Tensor[] gradients = GradientPass.DerivativesFor(this, loss, gates.All);
        using IDisposable guard = no_grad();
        return gradients.Sum(SquaredNorm.Of) / (2 * batch.Size);
    }
}

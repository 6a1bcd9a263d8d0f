using static TorchSharp.torch;

namespace RankNas;

/// <summary>Fisher: how much the loss would change without each channel. Higher is better.</summary>
/// <remarks>
/// Σ over convolutions and linear layers, and over the channels of each one's output a, of ½ · mean over images of
/// (Σ over space of a · ∂L/∂a)², L the mean cross-entropy of the batch, BatchNorm on batch statistics. A layer that is called more than
/// once counts at each call. Where the batch has no labels, or any that is none of the network's classes, labels are drawn from
/// <see cref="ProbeBatch.Seed"/>. Theis et al., <em>Faster gaze prediction with dense networks and Fisher pruning</em>, 2018; for choosing
/// blocks, Turner et al., <em>BlockSwap</em>, ICLR 2020. The program of Abdelfattah et al. (ICLR 2021) adds up the same figures but counts
/// each channel as often as its filter has weights.
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
    /// <exception cref="InvalidOperationException">
    /// The network calls no convolution and no linear layer, or one of them on anything but one row for each image, or gives no logits
    /// <c>[N, classes]</c>.
    /// </exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        using var gates = new ChannelGates(network, batch.Size);
        Tensor loss = pass.Loss();
        if (gates.All.Count == 0)
        {
            throw new InvalidOperationException("Fisher needs a convolution or a linear layer, and the network has called none.");
        }

        Tensor[] gradients = Derivatives.Of(loss, gates.All);
        using IDisposable guard = no_grad();
        return gradients.Sum(SquaredNorm.Of) / (2 * batch.Size);
    }
}

using System.Globalization;
using RankNas.Proxies.Gradients;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>ZiCo: how large the gradients are, compared with how much they vary between mini-batches. Higher is better.</summary>
/// <remarks>
/// Σ over the weights W of convolutions and linear layers of ln Σ mean|g|/σ(g), the inner sum over the elements of W: g are the derivatives of
/// the loss by that element, one for each mini-batch, mean and standard deviation over the mini-batches, σ that of the signed derivatives and with
/// divisor n. The loss is the mean cross-entropy of a mini-batch, BatchNorm on its statistics alone. Elements whose derivatives are all alike do not
/// count, and neither do layers that have no others. If the batch has no labels, or labels outside the network's classes, random labels are drawn
/// from <see cref="ProbeBatch.Seed"/>. Each image passes forward and back once. Li et al., <em>ZiCo: Zero-shot NAS via Inverse Coefficient of Variation on Gradients</em>, ICLR 2023,
/// Equation 15; there σ is that of |g|, and in the authors' program that of g, as here.
/// </remarks>
public sealed class Zico : IZeroCostProxy
{
    private readonly ZicoOptions _options;

    /// <summary>Initializes the proxy.</summary>
    /// <param name="options">The settings; the defaults if null.</param>
    public Zico(ZicoOptions? options = null) => _options = options ?? new ZicoOptions();

    /// <inheritdoc/>
    public string Id => "zico";

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture, $"mini-batches={_options.MiniBatches}, {ProbeLabels.Setting}");

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">
    /// The network has no convolution and no linear layer, or its loss does not depend on any weight, or no gradient varies, or the batch has only one image.
    /// </exception>
    /// <exception cref="InvalidOperationException">The network does not return logits <c>[N, classes]</c>.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        IReadOnlyList<Parameter> weights = pass.WeightsFor(this);
        ProxyNotApplicableException.ThrowIfNone(batch.Size - 1, this, "second image", "it compares mini-batches");
        int count = Math.Min(_options.MiniBatches, batch.Size);
        int Start(int part) => (int)((long)batch.Size * part / count);
        Tensor[][] gradients = [.. Enumerable.Range(0, count).Select(part =>
            GradientPass.DerivativesFor(this, pass.LossOf(this, Start(part), Start(part + 1) - Start(part)), weights))];
        using IDisposable guard = no_grad();
        double[] sums = [.. Enumerable.Range(0, weights.Count).Select(layer => SumOf([.. gradients.Select(part => part[layer])])).Where(sum => sum != 0)];
        ProxyNotApplicableException.ThrowIfNone(sums.Length, this, "weight whose gradient differs between mini-batches", hint: null);
        return sums.Sum(Math.Log);
    }

    private static double SumOf(Tensor[] gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = stack(gradients.Select(gradient => gradient.flatten())).to(ScalarType.Float64);

        // Not by the deviation, which rounding keeps from 0.
        Tensor varies = rows.amax([0]).ne(rows.amin([0]));
        Tensor ratios = rows.abs().mean([0]) / rows.std(0, unbiased: false);
        return ratios.masked_select(varies).sum().ReadNumber();
    }
}

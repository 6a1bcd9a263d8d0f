using RankNas.Proxies.Gradients;
using static TorchSharp.torch;

namespace RankNas.Proxies;

/// <summary>Jacov: how differently the logits depend on different images. Higher is better.</summary>
/// <remarks>
/// −Σ (ln(v + k) + 1/(v + k)) over the eigenvalues v of K, k = 1e-5. K <c>[N, N]</c> are the correlations between the rows of J <c>[N, C·H·W]</c>,
/// row i of J the gradient of the sum of all logits by image i, BatchNorm on batch statistics. −∞ where a row of J is constant, which is correlated
/// with nothing. The first version of Mellor et al., <em>Neural Architecture Search without Training</em>, arXiv 2006.04647v1, Section 3; known by
/// this name from Abdelfattah et al., <em>Zero-Cost Proxies for Lightweight NAS</em>, ICLR 2021. Labels do not count.
/// </remarks>
public sealed class Jacov : IZeroCostProxy
{
    private const double LeastEigenvalue = 1e-5;

    /// <inheritdoc/>
    public string Id => "jacov";

    /// <inheritdoc/>
    public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

    /// <inheritdoc/>
    public bool LeavesNetworkUnchanged => true;

    /// <inheritdoc/>
    public string? HintFor(double score) => double.IsNegativeInfinity(score)
        ? "Jacov is −∞ where the logits depend on some image not at all, or on all of its elements alike: look for networks that cut their images off."
        : null;

    /// <inheritdoc/>
    /// <exception cref="ProxyNotApplicableException">The logits do not depend on the images, or the batch has only one image.</exception>
    /// <exception cref="InvalidOperationException">The network does not return logits <c>[N, classes]</c>.</exception>
    public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using var pass = new GradientPass(network, batch);
        ProxyNotApplicableException.ThrowIfNone(batch.Size - 1, this, "second image", "it compares images");
        Tensor images = pass.ImagesThatTakeGradients();

        // A copy, for a network may work in place.
        Tensor logits = pass.Logits(images.clone());
        ProxyNotApplicableException.ThrowIfNone(logits.requires_grad ? 1 : 0, this, "image that the logits depend on", hint: null);
        Tensor jacobian = Derivatives.Of(logits.sum(), [images])[0];
        using IDisposable guard = no_grad();
        return ScoreOf(jacobian.flatten(1).to(ScalarType.Float64).cpu());
    }

    private static double ScoreOf(Tensor jacobian)
    {
        if (!jacobian.isfinite().all().item<bool>())
        {
            return double.NaN;
        }

        // Not by the norms below, which rounding keeps from 0.
        if (jacobian.amax([1]).eq(jacobian.amin([1])).any().item<bool>())
        {
            return double.NegativeInfinity;
        }

        Tensor centred = jacobian - jacobian.mean([1], keepdim: true);
        Tensor rows = centred / centred.norm(1, keepdim: true, 2);
        double[] eigenvalues = [.. linalg.eigvalsh(rows.mm(rows.t())).data<double>()];
        return -eigenvalues.Sum(eigenvalue => Math.Log(eigenvalue + LeastEigenvalue) + (1 / (eigenvalue + LeastEigenvalue)));
    }
}

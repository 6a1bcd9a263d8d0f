using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Blocks;

/// <summary>The smallest eigenvalue of the correlations between channels.</summary>
internal static class LeastCorrelation
{
    // Of a channel that does not vary, this share of the mean square is left by rounding.
    private const double RoundingError = 1e-12;

    /// <summary>Computes λ_min of Pearson's correlation matrix; 0 where it is singular, as with a channel that does not vary, or no more pixels than channels.</summary>
    /// <param name="rows">Pixels <c>[P, C]</c>, each an observation.</param>
    public static double Of(Tensor rows)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = rows.to(ScalarType.Float64);
        if (pixels.size(0) <= pixels.size(1))
        {
            return 0;
        }

        Tensor centered = pixels.Plus(pixels.mean([0], keepdim: true).neg());
        Tensor covariance = centered.t().mm(centered).cpu();
        Tensor variances = covariance.diagonal();
        double[] squares = pixels.mul(pixels).sum([0]).cpu().data<double>().ToArray();
        if (variances.data<double>().Zip(squares).Any(pair => pair.First <= RoundingError * pair.Second))
        {
            return 0;
        }

        Tensor scale = variances.rsqrt();
        Tensor correlation = covariance.mul(scale.unsqueeze(0)).mul(scale.unsqueeze(1));
        return Math.Max(0, linalg.eigvalsh(correlation).data<double>().First());
    }
}

using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Blocks;

/// <summary>The entropy of features' principal components: s_l of AZ-NAS.</summary>
internal static class FeatureEntropy
{
    private const double LeastShare = 1e-8;

    /// <summary>Computes −Σ p·ln(p + 1e-8), p the share of each eigenvalue of the covariance between channels; 0 where nothing varies.</summary>
    /// <param name="features">Features <c>[N, C, H, W]</c>, each pixel of each image a sample, or tokens <c>[N, T, C]</c>, each a sample.</param>
    public static double Of(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = PixelRows.Of(features);
        Tensor centered = pixels.Plus(pixels.mean([0], keepdim: true).neg());
        Tensor covariance = centered.t().mm(centered).to(ScalarType.Float64).cpu();
        double[] eigenvalues = [.. linalg.eigvalsh(covariance).data<double>().Select(value => Math.Max(value, 0))];
        double total = eigenvalues.Sum();
        return total == 0 ? 0 : eigenvalues.Sum(value => -value / total * Math.Log((value / total) + LeastShare));
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Blocks;

/// <summary>The effective rank of matrices: the exponential of the entropy of their singular values' shares.</summary>
/// <remarks>Roy and Vetterli, <em>The effective rank: a measure of effective dimensionality</em>, EUSIPCO 2007.</remarks>
internal static class EffectiveRank
{
    /// <summary>Computes the mean of exp(−Σ p·ln p), p = σ_i/Σσ; that of zeros is 0.</summary>
    /// <remarks>
    /// σ are roots of the eigenvalues of the Gram matrix in float64. Those below 1e-8 of the largest are rounding errors, which change a rank by less than 1e-5.
    /// </remarks>
    /// <param name="matrices">Matrices <c>[M, rows, columns]</c>.</param>
    public static double MeanOf(Tensor matrices)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wide = matrices.to(ScalarType.Float64);
        Tensor across = wide.transpose(1, 2);
        Tensor gram = wide.size(1) < wide.size(2) ? wide.bmm(across) : across.bmm(wide);
        double[] squares = linalg.eigvalsh(gram.cpu()).data<double>().ToArray();
        int size = (int)gram.size(1);
        return Enumerable.Range(0, squares.Length / size).Average(matrix => Of(squares.AsSpan(matrix * size, size)));
    }

    private static double Of(Span<double> squares)
    {
        double total = 0;
        foreach (ref double value in squares)
        {
            value = Math.Sqrt(Math.Max(value, 0));
            total += value;
        }

        double entropy = 0;
        foreach (double value in squares)
        {
            entropy -= value > 0 ? value / total * Math.Log(value / total) : 0;
        }

        return total == 0 ? 0 : Math.Exp(entropy);
    }
}

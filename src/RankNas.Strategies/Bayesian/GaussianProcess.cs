using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace RankNas.Strategies.Bayesian;

/// <summary>Gaussian process regression of values over architectures, by the kernel k(a, b) = exp(−d(a, b) / ℓ).</summary>
/// <remarks>Rasmussen and Williams, <em>Gaussian Processes for Machine Learning</em>, 2006, algorithm 2.1; d counts the genes in which two differ.</remarks>
internal sealed class GaussianProcess
{
    private readonly ArchitectureTokens[] _known;
    private readonly double _length;
    private readonly Cholesky<double> _cholesky;
    private readonly Vector<double> _weights;

    /// <summary>Fits the process.</summary>
    /// <param name="known">The architectures.</param>
    /// <param name="values">Their values, of mean 0 and variance 1.</param>
    /// <param name="lengthScale">ℓ as a share of the tokens of an architecture.</param>
    /// <param name="noise">The variance of the noise.</param>
    public GaussianProcess(ArchitectureTokens[] known, double[] values, double lengthScale, double noise)
    {
        (_known, Best) = (known, values.Max());
        _length = lengthScale * known.Average(tokens => tokens.Count);
        Matrix<double> covariance = Matrix<double>.Build.Dense(known.Length, known.Length, (row, column) =>
            row == column ? 1 + noise : KernelOf(known[row], known[column]));
        _cholesky = covariance.Cholesky();
        _weights = _cholesky.Solve(Vector<double>.Build.Dense(values));
    }

    /// <summary>Gets the largest value that it was fitted to.</summary>
    public double Best { get; }

    /// <summary>Gets the mean and the variance of an architecture's value.</summary>
    public (double Mean, double Variance) Predict(ArchitectureTokens architecture)
    {
        Vector<double> kernel = Vector<double>.Build.Dense(_known.Length, index => KernelOf(architecture, _known[index]));
        return (kernel.DotProduct(_weights), Math.Max(1 - kernel.DotProduct(_cholesky.Solve(kernel)), 0));
    }

    /// <summary>Gets by how much an architecture is expected to exceed the best: E[max(f − best, 0)].</summary>
    /// <remarks>Jones, Schonlau and Welch, <em>Efficient Global Optimization of Expensive Black-Box Functions</em>, 1998, equation 15.</remarks>
    public double ExpectedImprovement(ArchitectureTokens architecture)
    {
        (double mean, double variance) = Predict(architecture);
        double deviation = Math.Sqrt(variance);
        double gap = mean - Best;
        return deviation == 0 ? Math.Max(gap, 0) : (gap * Normal.CDF(0, 1, gap / deviation)) + (deviation * Normal.PDF(0, 1, gap / deviation));
    }

    private double KernelOf(ArchitectureTokens one, ArchitectureTokens other) => Math.Exp(-one.DistanceTo(other) / _length);
}

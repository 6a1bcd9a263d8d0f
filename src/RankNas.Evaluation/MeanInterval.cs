using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using RankNas.Correlation;

namespace RankNas.Evaluation;

/// <summary>The 95 % confidence interval of a mean, by Student's t distribution.</summary>
/// <remarks>Student, <em>The probable error of a mean</em>, Biometrika 1908.</remarks>
public static class MeanInterval
{
    private const double UpperQuantile = 0.975;

    /// <summary>Computes the mean m with the interval m ± t s / √n, where t is the 97.5th percentile of n − 1 degrees of freedom.</summary>
    /// <param name="values">Independent values, at least 1, all finite.</param>
    /// <returns>The mean; the ends of the interval are NaN for a single value.</returns>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static Estimate Of(params ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("There are no values to take the mean of.", nameof(values));
        }

        double[] all = values.ToArray();
        if (!Array.TrueForAll(all, double.IsFinite))
        {
            throw new ArgumentException("A value is not finite: the mean would not be either.", nameof(values));
        }

        (double mean, double deviation) = all.MeanStandardDeviation();
        double half = all.Length == 1 ? double.NaN : StudentT.InvCDF(0, 1, all.Length - 1, UpperQuantile) * deviation / Math.Sqrt(all.Length);
        return new Estimate(mean, mean - half, mean + half);
    }
}

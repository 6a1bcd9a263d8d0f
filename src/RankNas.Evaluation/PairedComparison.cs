using RankNas.Correlation;

namespace RankNas.Evaluation;

/// <summary>Two methods compared on the same runs, such as by the accuracies of what searches of the same seeds have found.</summary>
/// <param name="Pairs">The number of pairs.</param>
/// <param name="First">The mean of the first method, with its 95 % interval by Student's t.</param>
/// <param name="Second">The mean of the second method.</param>
/// <param name="Difference">The mean of first minus second, with its 95 % interval by Student's t of the pairs' differences.</param>
/// <param name="Test">Wilcoxon's signed-rank test of the pairs.</param>
public sealed record PairedComparison(int Pairs, Estimate First, Estimate Second, Estimate Difference, SignedRankTest Test)
{
    /// <summary>Compares two methods.</summary>
    /// <param name="first">The first method's values, at least 1, all finite.</param>
    /// <param name="second">The second method's, as many, in the same order of runs.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no pair, or a value is not finite.</exception>
    public static PairedComparison Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var test = SignedRankTest.Of(first, second);
        double[] differences = new double[first.Length];
        for (int pair = 0; pair < differences.Length; pair++)
        {
            differences[pair] = first[pair] - second[pair];
        }

        return new PairedComparison(first.Length, MeanInterval.Of(first), MeanInterval.Of(second), MeanInterval.Of(differences), test);
    }
}

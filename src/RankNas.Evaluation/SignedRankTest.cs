using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace RankNas.Evaluation;

/// <summary>Wilcoxon's signed-rank test of pairs, two-sided: whether the differences are symmetric about 0.</summary>
/// <remarks>Wilcoxon, <em>Individual comparisons by ranking methods</em>, Biometrics Bulletin 1945. Pairs without a difference are left out, as he did.</remarks>
/// <param name="Differing">The number of pairs that differ, which the test is of.</param>
/// <param name="Statistic">The smaller one of the sums of ranks of positive and of negative differences.</param>
/// <param name="PValue">The probability of a statistic this small or smaller, if there is no difference; from 0 to 1.</param>
/// <param name="IsExact">Whether the probability is exact, by all signs that the ranks may have; else it is normal, with the variance of ties.</param>
public sealed record SignedRankTest(int Differing, double Statistic, double PValue, bool IsExact)
{
    /// <summary>The fewest pairs that can show a difference at the level of 5 %: of five, p is 2 / 2⁵ or more.</summary>
    public const int FewestPairs = 6;

    // Sums of so many ranks are counted in a millisecond.
    private const int MostExact = 100;

    // Differences of decimals that are equal differ by less in doubles.
    private const int Decimals = 10;

    /// <summary>Tests pairs. Differences are rounded to ten decimals, so that equal ones share their ranks.</summary>
    /// <param name="first">The first of each pair, all finite.</param>
    /// <param name="second">The second of each pair, as many.</param>
    /// <returns>The test; its p-value is 1 where no pair differs.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or there is a NaN.</exception>
    public static SignedRankTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Pairs.Check(first, second);
        var kept = new List<double>();
        for (int pair = 0; pair < first.Length; pair++)
        {
            double difference = Math.Round(first[pair] - second[pair], Decimals);
            if (difference != 0)
            {
                kept.Add(difference);
            }
        }

        double[] ranks = ArrayStatistics.RanksInplace([.. kept.Select(Math.Abs)], RankDefinition.Average);
        double positive = ranks.Where((_, pair) => kept[pair] > 0).Sum();
        double statistic = Math.Min(positive, ranks.Sum() - positive);
        bool isExact = ranks.Length <= MostExact;
        return new SignedRankTest(ranks.Length, statistic, Math.Min(1, 2 * (isExact ? ExactTail(ranks, statistic) : NormalTail(ranks, statistic))), isExact);
    }

    // Ranks may be halves, so twice as much is counted: after each rank, the probability of every sum that random signs give.
    private static double ExactTail(double[] ranks, double statistic)
    {
        int[] doubled = [.. ranks.Select(rank => (int)(2 * rank))];
        double[] probabilities = new double[doubled.Sum() + 1];
        probabilities[0] = 1;
        foreach (int rank in doubled)
        {
            for (int sum = probabilities.Length - 1; sum >= 0; sum--)
            {
                probabilities[sum] = (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2;
            }
        }

        return probabilities.Take((int)(2 * statistic) + 1).Sum();
    }

    private static double NormalTail(double[] ranks, double statistic)
    {
        double count = ranks.Length;
        double ties = ranks.CountBy(rank => rank).Sum(tied => Math.Pow(tied.Value, 3) - tied.Value);
        double variance = (count * (count + 1) * (2 * count + 1) / 24) - (ties / 48);
        return Normal.CDF(0, 1, (statistic - (count * (count + 1) / 4)) / Math.Sqrt(variance));
    }
}

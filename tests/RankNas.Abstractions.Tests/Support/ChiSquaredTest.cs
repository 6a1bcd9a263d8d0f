using MathNet.Numerics.Distributions;

namespace RankNas.Abstractions.Tests.Support;

/// <summary>Pearson's test: the seeds are fixed, so what passes once passes always.</summary>
internal static class ChiSquaredTest
{
    /// <summary>The probability below which counts are held to be drawn otherwise.</summary>
    public const double Significance = 0.001;

    /// <summary>Gets the probability of counts at least so uneven, each of them equally likely.</summary>
    public static double OfUniform(IReadOnlyCollection<int> counts)
    {
        double expected = counts.Average();
        return OfCounts([.. counts.Select(count => (count, expected))]);
    }

    /// <summary>Gets the probability of counts at least so far from what is expected of them; both have the same sum.</summary>
    public static double OfCounts(IReadOnlyCollection<(int Count, double Expected)> counts) =>
        PValue(counts.Sum(one => Math.Pow(one.Count - one.Expected, 2) / one.Expected), counts.Count - 1);

    /// <summary>Gets the probability of so uneven counts of what is drawn <paramref name="drawn"/> at a time without replacement.</summary>
    public static double OfInclusion(IReadOnlyCollection<int> counts, int drawn)
    {
        double expected = counts.Average();
        double share = (double)drawn / counts.Count;
        double uneven = counts.Sum(count => (count - expected) * (count - expected)) / (expected * (1 - share));
        return PValue(uneven * (counts.Count - 1) / counts.Count, counts.Count - 1);
    }

    /// <summary>Gets the probability of hits so far from their rates, trial by trial.</summary>
    public static double OfRates(IReadOnlyCollection<(int Hits, int Trials, double Rate)> series) => PValue(
        series.Sum(one => Math.Pow(one.Hits - one.Trials * one.Rate, 2) / (one.Trials * one.Rate * (1 - one.Rate))), series.Count);

    private static double PValue(double statistic, int degreesOfFreedom) => 1 - ChiSquared.CDF(degreesOfFreedom, statistic);
}

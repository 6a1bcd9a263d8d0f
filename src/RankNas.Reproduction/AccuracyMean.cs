using MathNet.Numerics.Statistics;
using RankNas.Correlation;
using RankNas.Evaluation;

namespace RankNas.Reproduction;

/// <summary>The mean accuracy of several runs' results, in percent.</summary>
/// <param name="Mean">The mean over all runs.</param>
/// <param name="Low">The lower end of its 95 % interval by Student's t, over the runs or, of several sets of scores, over the means of the sets; null for a single one.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Deviation">The standard deviation between runs of one set of scores, pooled over the sets; null where each set has a single run.</param>
/// <param name="DeviationBetweenSets">The standard deviation between the means of the sets, which differ in weights and images; null for a single set.</param>
public sealed record AccuracyMean(double Mean, double? Low, double? High, double? Deviation, double? DeviationBetweenSets)
{
    internal static AccuracyMean Of(IReadOnlyCollection<(int Set, double Accuracy)> runs)
    {
        double[][] sets = [.. runs.GroupBy(run => run.Set).Select(set => set.Select(run => run.Accuracy).ToArray())];
        double[] means = [.. sets.Select(set => set.Average())];

        // Runs of one set share its scores, so that several sets are the independent observations.
        Estimate estimate = MeanInterval.Of(sets.Length > 1 ? means : sets[0]);
        int freedom = runs.Count - sets.Length;
        double squares = sets.Zip(means, (set, mean) => set.Sum(accuracy => (accuracy - mean) * (accuracy - mean))).Sum();
        return new AccuracyMean(
            runs.Average(run => run.Accuracy),
            KnownOrNull(estimate.Low),
            KnownOrNull(estimate.High),
            freedom > 0 ? Math.Sqrt(squares / freedom) : null,
            sets.Length > 1 ? means.StandardDeviation() : null);
    }

    private static double? KnownOrNull(double value) => double.IsNaN(value) ? null : value;
}

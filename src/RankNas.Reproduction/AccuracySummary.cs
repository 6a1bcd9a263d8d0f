using MathNet.Numerics.Statistics;
using RankNas.NatsBench;

namespace RankNas.Reproduction;

/// <summary>The accuracies of several runs' results on one data set, in percent; null where the benchmark has none.</summary>
/// <param name="ValidationMean">The mean on the validation set.</param>
/// <param name="ValidationDeviation">The standard deviation on the validation set, over the runs; NaN for a single run.</param>
/// <param name="TestMean">The mean on the test set.</param>
/// <param name="TestDeviation">The standard deviation on the test set.</param>
public sealed record AccuracySummary(double? ValidationMean, double? ValidationDeviation, double? TestMean, double? TestDeviation)
{
    internal static AccuracySummary Of(IReadOnlyCollection<Accuracy> accuracies)
    {
        (double? mean, double? deviation) = Summarize(accuracies.Select(accuracy => accuracy.Validation));
        (double? testMean, double? testDeviation) = Summarize(accuracies.Select(accuracy => accuracy.Test));
        return new AccuracySummary(mean, deviation, testMean, testDeviation);
    }

    // A mean over those that are known would be of other runs than the method's.
    private static (double? Mean, double? Deviation) Summarize(IEnumerable<double?> accuracies)
    {
        double[] known = [.. accuracies.OfType<double>()];
        return known.Length == accuracies.Count() ? known.MeanStandardDeviation() : (null, null);
    }
}

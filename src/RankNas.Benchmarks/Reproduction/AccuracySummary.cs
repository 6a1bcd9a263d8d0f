using MathNet.Numerics.Statistics;

namespace RankNas;

/// <summary>The accuracies of several runs' results on one data set, in percent.</summary>
/// <param name="ValidationMean">The mean on the validation set.</param>
/// <param name="ValidationDeviation">The standard deviation on the validation set, over the runs; NaN for a single run.</param>
/// <param name="TestMean">The mean on the test set.</param>
/// <param name="TestDeviation">The standard deviation on the test set.</param>
public sealed record AccuracySummary(double ValidationMean, double ValidationDeviation, double TestMean, double TestDeviation)
{
    internal static AccuracySummary Of(IReadOnlyCollection<Accuracy> accuracies)
    {
        (double mean, double deviation) = accuracies.Select(accuracy => accuracy.Validation).MeanStandardDeviation();
        (double testMean, double testDeviation) = accuracies.Select(accuracy => accuracy.Test).MeanStandardDeviation();
        return new AccuracySummary(mean, deviation, testMean, testDeviation);
    }
}

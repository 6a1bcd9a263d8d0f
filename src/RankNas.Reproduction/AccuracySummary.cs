using RankNas.NatsBench;

namespace RankNas.Reproduction;

/// <summary>The accuracies of several runs' results on one data set; null where the benchmark has none.</summary>
/// <param name="Validation">On the validation set.</param>
/// <param name="Test">On the test set.</param>
public sealed record AccuracySummary(AccuracyMean? Validation, AccuracyMean? Test)
{
    internal static AccuracySummary Of(string dataSet, IReadOnlyCollection<MethodRun> runs) =>
        new(Summarize(dataSet, runs, accuracy => accuracy.Validation), Summarize(dataSet, runs, accuracy => accuracy.Test));

    // A mean over those that are known would be of other runs than the method's.
    private static AccuracyMean? Summarize(string dataSet, IReadOnlyCollection<MethodRun> runs, Func<Accuracy, double?> split)
    {
        (int, double)[] known =
        [
            .. runs.Select(run => (run.Seeds.Initialisation, Accuracy: split(run.Accuracies[dataSet])))
                .Where(run => run.Accuracy is not null).Select(run => (run.Initialisation, run.Accuracy!.Value)),
        ];
        return known.Length == runs.Count ? AccuracyMean.Of(known) : null;
    }
}

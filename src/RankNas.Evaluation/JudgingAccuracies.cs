using RankNas.Files;

namespace RankNas.Evaluation;

/// <summary>The accuracies on one data set that a study judges by: on the test set, or on the validation set where no test accuracy is known.</summary>
internal sealed record JudgingAccuracies(AccuracySplit Split, double[] Values)
{
    /// <exception cref="InvalidDataException">Some have one accuracy only, and others the other one only.</exception>
    public static JudgingAccuracies Of(string dataSet, IReadOnlyCollection<Accuracy> accuracies)
    {
        AccuracySplit split = accuracies.All(accuracy => accuracy.Test is not null) ? AccuracySplit.Test : AccuracySplit.Validation;
        return new JudgingAccuracies(split, [.. accuracies.Select(accuracy => (split == AccuracySplit.Test ? accuracy.Test : accuracy.Validation)
            ?? throw new InvalidDataException($"The benchmark has neither a test nor a validation accuracy of every architecture on {ShownText.Of(dataSet)}."))]);
    }
}

namespace RankNas.NatsBench.Accuracies;

/// <summary>What every study asks of a benchmark.</summary>
internal static class AccuracyBenchmarkExtensions
{
    /// <summary>Finds an architecture's accuracies where there are some for every data set; null where not.</summary>
    public static IReadOnlyDictionary<string, Accuracy>? FindComplete(this IAccuracyBenchmark benchmark, Architecture architecture) =>
        benchmark.Find(architecture) is { } accuracies && benchmark.DataSets.All(accuracies.ContainsKey) ? accuracies : null;
}

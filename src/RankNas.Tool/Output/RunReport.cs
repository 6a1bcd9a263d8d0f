namespace RankNas.Tool.Output;

/// <summary>One of several runs of a method as JSON has it; <c>compare</c> reads it again.</summary>
/// <param name="Seed">The strategy's seed.</param>
/// <param name="Initialisation">Which set of weights and images its scores are of; null where all runs have the same one.</param>
/// <param name="Arch">What it found.</param>
/// <param name="Place">Its place in the whole space; null where that is not known.</param>
/// <param name="Accuracy">Its accuracies by data set; null where there is no benchmark.</param>
internal sealed record RunReport(long Seed, int? Initialisation, string Arch, int? Place, IReadOnlyDictionary<string, AccuracyReport>? Accuracy)
{
    public static IReadOnlyDictionary<string, AccuracyReport> Accuracies(IReadOnlyDictionary<string, Accuracy> accuracies) =>
        accuracies.ToDictionary(pair => pair.Key, pair => new AccuracyReport(pair.Value.Validation, pair.Value.Test));
}

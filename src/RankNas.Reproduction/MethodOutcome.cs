using System.Collections.Immutable;

namespace RankNas.Reproduction;

/// <summary>What a search method's results are worth, over several runs with different seeds: a row of the paper's Tables 2 and 3.</summary>
/// <param name="Method">The method.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="MeanEvaluations">How many architectures a run scored or trained, on average.</param>
/// <param name="MeanSeconds">How long that took a run, on average: scoring on one core, or simulated training.</param>
/// <param name="Accuracies">By data set.</param>
public sealed record MethodOutcome(
    string Method, int Runs, double MeanEvaluations, double MeanSeconds, IReadOnlyDictionary<string, AccuracySummary> Accuracies)
{
    /// <summary>Gets the runs, in the order of their seeds.</summary>
    public ImmutableArray<MethodRun> Results { get; init; } = [];
}

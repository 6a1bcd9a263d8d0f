using RankNas.NatsBench;

namespace RankNas.Reproduction;

/// <summary>One run of a search method.</summary>
/// <param name="Seeds">What it started from.</param>
/// <param name="Best">What it found.</param>
/// <param name="Evaluations">How many architectures it scored or trained.</param>
/// <param name="Seconds">How long that took: scoring on one core, or simulated training.</param>
/// <param name="Accuracies">The accuracies of what it found, by data set.</param>
public sealed record MethodRun(
    RunSeeds Seeds, Architecture Best, int Evaluations, double Seconds, IReadOnlyDictionary<string, Accuracy> Accuracies);

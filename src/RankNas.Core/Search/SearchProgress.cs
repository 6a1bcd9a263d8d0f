namespace RankNas;

/// <summary>How far a search has come.</summary>
/// <param name="Evaluations">How many distinct architectures have been scored.</param>
/// <param name="Budget">How many may be.</param>
/// <param name="FromStore">How many of them were found in the store.</param>
/// <param name="Failures">How many have at least one failed score.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Latest">The architecture scored last.</param>
public sealed record SearchProgress(
    int Evaluations, int Budget, int FromStore, int Failures, TimeSpan Elapsed, EvaluatedArchitecture Latest);

using RankNas.SearchSpaces;

namespace RankNas.Evaluation;

/// <summary>One run of a strategy in a study.</summary>
/// <param name="Seed">The strategy's seed.</param>
/// <param name="Best">What the run found.</param>
/// <param name="Place">Its place in the ranking of the whole space; 1 is best.</param>
/// <param name="Evaluations">How many architectures the run scored.</param>
public sealed record StrategyRun(int Seed, Architecture Best, int Place, int Evaluations);

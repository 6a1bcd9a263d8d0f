namespace RankNas.Evaluation;

/// <summary>The results of a strategy over many runs.</summary>
/// <param name="Strategy">The strategy's id.</param>
/// <param name="Runs">The number of runs.</param>
/// <param name="EndedAtBest">How many found the best of the whole space.</param>
/// <param name="MedianPlace">The median place of the runs' results in the ranking of the whole space; 1 is best.</param>
/// <param name="WorstPlace">The worst of these places.</param>
/// <param name="MeanEvaluations">How many architectures a run scored, on average.</param>
/// <param name="SpaceSize">The number of architectures in the whole space.</param>
public sealed record StrategyOutcome(
    string Strategy, int Runs, int EndedAtBest, double MedianPlace, int WorstPlace, double MeanEvaluations, int SpaceSize)
{
    /// <summary>Gets the runs, in the order of their seeds.</summary>
    public ImmutableArray<StrategyRun> Results { get; init; } = [];
}

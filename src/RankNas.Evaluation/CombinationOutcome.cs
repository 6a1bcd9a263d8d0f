namespace RankNas.Evaluation;

/// <summary>A combination of proxies and an aggregator, on both halves of a space.</summary>
/// <param name="Proxies">The proxies' ids.</param>
/// <param name="Aggregator">The aggregator's id.</param>
/// <param name="Chosen">Its figures on the half that selects.</param>
/// <param name="Judged">Its figures on the other half, which evaluates.</param>
public sealed record CombinationOutcome(ImmutableArray<string> Proxies, string Aggregator, CombinationFigures Chosen, CombinationFigures Judged);

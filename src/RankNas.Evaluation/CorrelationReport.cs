namespace RankNas.Evaluation;

/// <summary>The correlation of a search's scores with accuracies.</summary>
/// <param name="Architectures">How many architectures had both.</param>
/// <param name="Correlations">The correlations of each proxy, and of the aggregator's totals, for each data set.</param>
public sealed record CorrelationReport(int Architectures, ImmutableArray<ScoreCorrelation> Correlations);

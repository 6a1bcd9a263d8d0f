using System.Collections.Immutable;

namespace RankNas.Evaluation;

/// <summary>How well the scores of a search agree with accuracies.</summary>
/// <param name="Architectures">How many architectures had both.</param>
/// <param name="Correlations">For each data set, each proxy and what the aggregator makes of all of them.</param>
public sealed record CorrelationReport(int Architectures, ImmutableArray<ScoreCorrelation> Correlations);

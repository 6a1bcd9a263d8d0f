using RankNas.Correlation;

namespace RankNas.Evaluation;

/// <summary>The correlation of scores with the accuracies on one data set.</summary>
/// <param name="Score">A proxy's id, or the aggregator's id for its totals.</param>
/// <param name="DataSet">The data set.</param>
/// <param name="Split">Which accuracies: on the test set, or on the validation set if the benchmark has no test accuracies.</param>
/// <param name="Kendall">Kendall's τ-b; 1 if a better score always means a better accuracy.</param>
/// <param name="Spearman">Spearman's ρ.</param>
/// <param name="Top1Regret">The best accuracy of all, minus that of the best score, in percentage points.</param>
/// <param name="Top10Regret">The best accuracy of all, minus the best among the ten best scores, in percentage points.</param>
/// <param name="NormalizedGain">The normalised discounted cumulative gain of the ten best scores, from 0 to 1.</param>
/// <param name="NotFinite">How many scores were infinite or failed; they rank last.</param>
public sealed record ScoreCorrelation(
    string Score,
    string DataSet,
    AccuracySplit Split,
    Estimate Kendall,
    Estimate Spearman,
    double Top1Regret,
    double Top10Regret,
    double NormalizedGain,
    int NotFinite)
{
    /// <summary>Gets the standard deviation of Kendall's τ-b over the samples that this is the mean of; null for a single sample.</summary>
    public double? KendallDeviation { get; init; }

    /// <summary>Gets the standard deviation of Spearman's ρ over the samples that this is the mean of; null for a single sample.</summary>
    public double? SpearmanDeviation { get; init; }
}

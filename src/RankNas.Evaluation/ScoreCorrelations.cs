using MathNet.Numerics.Statistics;
using RankNas.Correlation;
using RankNas.NatsBench.Accuracies;
using RankNas.Scores;

namespace RankNas.Evaluation;

/// <summary>Correlates the scores of a finished search with accuracies.</summary>
public static class ScoreCorrelations
{
    private const int Top = 10;

    /// <summary>Correlates every proxy, and the aggregator's totals, with the test accuracies on every data set, or with the validation accuracies if
    /// there are no test accuracies.</summary>
    /// <param name="result">A search, such as a random or an exhaustive one; all of its architectures count.</param>
    /// <param name="benchmark">The accuracies; architectures without accuracies are omitted, from the ranking too.</param>
    /// <param name="draws">The number of bootstrap draws for the intervals, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">The benchmark has fewer than two of the architectures.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CorrelationReport Of(
        SearchResult result, IAccuracyBenchmark benchmark, int draws = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(benchmark);
        (ScoredArchitecture Candidate, IReadOnlyDictionary<string, Accuracy> Accuracies)[] known =
        [
            .. result.Ranked.Select(candidate => (candidate, benchmark.FindComplete(candidate.Architecture)!)).Where(pair => pair.Item2 is not null),
        ];
        if (known.Length < 2)
        {
            throw new InvalidDataException(
                $"The benchmark has {known.Length} of the {result.Ranked.Length} architectures scored: correlation needs two or more.");
        }

        var correlations = new List<ScoreCorrelation>();
        foreach (string dataSet in benchmark.DataSets)
        {
            (AccuracySplit split, double[] accuracies) = JudgingAccuracies.Of(dataSet, [.. known.Select(pair => pair.Accuracies[dataSet])]);
            foreach ((string score, double[] qualities, int notFinite) in QualitiesOf(result, [.. known.Select(pair => pair.Candidate)]))
            {
                correlations.Add(new ScoreCorrelation(
                    score,
                    dataSet,
                    split,
                    Bootstrap.Estimate(qualities, accuracies, KendallTau.Of, draws, cancellationToken: cancellationToken),
                    Bootstrap.Estimate(qualities, accuracies, SpearmanRho.Of, draws, cancellationToken: cancellationToken),
                    SelectionQuality.Regret(qualities, accuracies, 1),
                    SelectionQuality.Regret(qualities, accuracies, Top),
                    SelectionQuality.NormalizedGain(qualities, accuracies, Top),
                    notFinite));
            }
        }

        return new CorrelationReport(known.Length, [.. correlations]);
    }

    /// <summary>Averages the correlations of several samples or sets of scores, which have the same scores and data sets.</summary>
    /// <param name="reports">The reports, at least 1.</param>
    /// <returns>The only one as it is; of several, means, with intervals by Student's t over them in place of the bootstrap's. <c>Architectures</c> and
    /// <c>NotFinite</c> are the largest of all.</returns>
    /// <exception cref="ArgumentException">There is no report, or they differ in their scores or data sets.</exception>
    public static CorrelationReport MeanOf(params IReadOnlyList<CorrelationReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports is [{ } only])
        {
            return only;
        }

        var groups = reports.SelectMany(report => report.Correlations)
            .GroupBy(correlation => (correlation.DataSet, correlation.Score, correlation.Split)).Select(group => group.ToArray()).ToArray();
        return reports.Count > 0 && Array.TrueForAll(groups, group => group.Length == reports.Count)
            ? new CorrelationReport(reports.Max(report => report.Architectures), [.. groups.Select(MeanOf)])
            : throw new ArgumentException("The reports are of different scores or data sets, or there is none.", nameof(reports));
    }

    private static ScoreCorrelation MeanOf(ScoreCorrelation[] samples)
    {
        double[] kendall = [.. samples.Select(sample => sample.Kendall.Value)];
        double[] spearman = [.. samples.Select(sample => sample.Spearman.Value)];
        return samples[0] with
        {
            Kendall = MeanInterval.Of(kendall),
            KendallDeviation = kendall.StandardDeviation(),
            Spearman = MeanInterval.Of(spearman),
            SpearmanDeviation = spearman.StandardDeviation(),
            Top1Regret = samples.Average(sample => sample.Top1Regret),
            Top10Regret = samples.Average(sample => sample.Top10Regret),
            NormalizedGain = samples.Average(sample => sample.NormalizedGain),
            NotFinite = samples.Max(sample => sample.NotFinite),
        };
    }

    // Higher is better in each, and ranks already have the direction and put last what is not finite.
    private static IEnumerable<(string Score, double[] Qualities, int NotFinite)> QualitiesOf(SearchResult result, ScoredArchitecture[] candidates)
    {
        for (int proxy = 0; proxy < result.Proxies.Length; proxy++)
        {
            int column = proxy;
            yield return (
                result.Proxies[proxy].Id,
                [.. candidates.Select(candidate => -candidate.Ranks[column])],
                candidates.Count(candidate => candidate.Scores[column].Kind != ScoreKind.Finite));
        }

        yield return (
            result.Aggregator,
            [.. candidates.Select(candidate => -candidate.Total)],
            candidates.Count(candidate => candidate.Scores.Any(score => score.Kind != ScoreKind.Finite)));
    }
}

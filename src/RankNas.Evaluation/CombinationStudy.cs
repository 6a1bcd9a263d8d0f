using System.Numerics;
using RankNas.Correlation;
using RankNas.Evaluation.Combinations;
using RankNas.Proxies;

namespace RankNas.Evaluation;

/// <summary>Compares combinations of proxies and aggregators on one half of a space and evaluates them on the other half.</summary>
public static class CombinationStudy
{
    private const int Top = 10;

    /// <summary>Compares every combination.</summary>
    /// <param name="result">A search, such as an exhaustive one, by every proxy to combine.</param>
    /// <param name="benchmark">The accuracies; architectures without accuracies are omitted.</param>
    /// <param name="aggregators">The aggregators to combine with.</param>
    /// <param name="mostProxies">The largest number of proxies in a combination, at least 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The combinations, best first by <see cref="CombinationFigures.Top10Shortfall"/> on the half that selects.</returns>
    /// <exception cref="InvalidDataException">The benchmark has too few of the architectures.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<CombinationOutcome> Run(
        SearchResult result,
        IAccuracyBenchmark benchmark,
        IReadOnlyList<IRankAggregator> aggregators,
        int mostProxies,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(aggregators);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostProxies, 1);
        SpaceHalf[] halves = [SpaceHalf.Of(result, benchmark, 0), SpaceHalf.Of(result, benchmark, 1)];
        if (halves.Any(half => half.Rows.Length < Top))
        {
            throw new InvalidDataException($"Each half needs {Top} architectures of which the benchmark has accuracies: score more of the space.");
        }

        int[][] choices = [.. Enumerable.Range(1, (1 << result.Proxies.Length) - 1)
            .Where(set => BitOperations.PopCount((uint)set) <= mostProxies)
            .Select(set => Enumerable.Range(0, result.Proxies.Length).Where(proxy => (set >> proxy & 1) == 1).ToArray())];
        return
        [
            .. choices.AsParallel().AsOrdered().WithCancellation(cancellationToken)
                .SelectMany(proxies => OutcomesOf(result, aggregators, halves, proxies))
                .AsSequential().OrderBy(outcome => outcome.Chosen.Top10Shortfall),
        ];
    }

    private static IEnumerable<CombinationOutcome> OutcomesOf(
        SearchResult result, IReadOnlyList<IRankAggregator> aggregators, SpaceHalf[] halves, int[] proxies)
    {
        ProxyDescriptor[] combined = [.. proxies.Select(proxy => result.Proxies[proxy])];
        ScoreTable[] tables = [.. halves.Select(half => new ScoreTable(
            combined, [.. half.Rows.Select(row => new ScoredArchitecture(row.Architecture, [.. proxies.Select(proxy => row.Scores[proxy])]))]))];

        // Of one proxy every aggregator makes the same order.
        return aggregators.Take(proxies.Length == 1 ? 1 : aggregators.Count).Select(aggregator => new CombinationOutcome(
            [.. combined.Select(proxy => proxy.Id)],
            aggregator.Id,
            FiguresOf(aggregator, tables[0], halves[0]),
            FiguresOf(aggregator, tables[1], halves[1])));
    }

    private static CombinationFigures FiguresOf(IRankAggregator aggregator, ScoreTable table, SpaceHalf half)
    {
        ImmutableArray<double> totals = aggregator.Aggregate(table);
        int[] order = [.. Enumerable.Range(0, totals.Length).OrderBy(row => totals[row])];
        double[] qualities = [.. totals.Select(total => -total)];
        var figures = half.Accuracies.Select(accuracies =>
        {
            double best = accuracies.Max();
            return new CombinationFigures(
                best - order.Take(Top).Average(row => accuracies[row]), best - accuracies[order[0]], KendallTau.Of(qualities, accuracies));
        }).ToArray();
        return new CombinationFigures(
            figures.Average(one => one.Top10Shortfall), figures.Average(one => one.Top1Regret), figures.Average(one => one.Kendall));
    }
}

using System.Collections.Immutable;

namespace RankNas;

/// <summary>Plots of a search's result. All show everything that was scored, the result's <see cref="SearchResult.History"/>.</summary>
/// <remarks>Scores that are infinite or failed are left out, and the plot says how many.</remarks>
public static class SearchResultCharts
{
    /// <summary>Plots the search's course: what the aggregator makes of each architecture within all that were scored, and the best so far.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="InvalidOperationException">Nothing was scored, or nothing with a finite value.</exception>
    public static Chart PlotProgress(this SearchResult result)
    {
        ThrowIfEmpty(result);
        var totals = result.RankHistory().ToDictionary(candidate => candidate.Architecture, candidate => candidate.Total);
        double[] inOrder = [.. result.History.Select(evaluated => totals[evaluated.Architecture])];
        return new Chart(ChartPlans.Progress(inOrder, ScoreDirection.LowerIsBetter, result.Aggregator.Replace('-', ' ')));
    }

    /// <summary>Plots the search's course by one proxy: each score, and the best so far.</summary>
    /// <param name="result">The result.</param>
    /// <param name="proxy">The proxy's id, such as <c>naswot</c>.</param>
    /// <exception cref="ArgumentException">The search had no such proxy.</exception>
    /// <exception cref="InvalidOperationException">Nothing was scored, or nothing with a finite value.</exception>
    public static Chart PlotProgress(this SearchResult result, string proxy)
    {
        int index = IndexOf(result, proxy);
        return new Chart(ChartPlans.Progress(ScoresBy(result, index), result.Proxies[index].Direction, proxy));
    }

    /// <summary>Plots how one proxy's scores are distributed.</summary>
    /// <inheritdoc cref="PlotProgress(SearchResult, string)"/>
    public static Chart PlotScores(this SearchResult result, string proxy) =>
        Chart.Histogram(ScoresBy(result, IndexOf(result, proxy)), proxy);

    /// <summary>Plots one proxy's scores against another's.</summary>
    /// <param name="result">The result.</param>
    /// <param name="proxyOfX">The id of the proxy from left to right.</param>
    /// <param name="proxyOfY">The id of the proxy from bottom to top.</param>
    /// <exception cref="ArgumentException">The search had no such proxy.</exception>
    /// <exception cref="InvalidOperationException">Nothing was scored, or nothing with finite values.</exception>
    public static Chart PlotProxies(this SearchResult result, string proxyOfX, string proxyOfY) =>
        Chart.Scatter(ScoresBy(result, IndexOf(result, proxyOfX)).Zip(ScoresBy(result, IndexOf(result, proxyOfY))), proxyOfX, proxyOfY);

    /// <summary>Plots accuracies, known from elsewhere, against the ranks within all that were scored.</summary>
    /// <param name="result">The result.</param>
    /// <param name="accuracyOf">Tells an architecture's accuracy in percent, null where it is not known; <c>RankNas.Benchmarks</c> has such tables.</param>
    /// <param name="label">What the accuracies are.</param>
    /// <exception cref="InvalidOperationException">Nothing was scored, or no accuracy is known.</exception>
    public static Chart PlotAccuracy(this SearchResult result, Func<Architecture, double?> accuracyOf, string label = "accuracy (%)")
    {
        ThrowIfEmpty(result);
        ArgumentNullException.ThrowIfNull(accuracyOf);
        ArgumentNullException.ThrowIfNull(label);
        ChartPoint[] points =
            [.. result.RankHistory().Select(candidate => new ChartPoint(candidate.Rank, accuracyOf(candidate.Architecture) ?? double.NaN))];
        ImmutableArray<ChartPoint> known = [.. points.Where(Finite.Is)];
        ChartPlans.ThrowIfEmpty(known.Length, label);
        return new Chart(new ChartPlan(
            $"{label} by rank",
            new ChartAxis("rank", IsCount: true),
            new ChartAxis(label),
            [ChartPlans.Cloud(known, "each architecture"), new ChartLayer.Points([known[0]], ChartColor.Accent, "best rank", Size: 11, Opacity: 1)],
            Finite.Note(known.Length, points.Length)));
    }

    /// <summary>Plots parameters against the ranks within all that were scored, and the Pareto front: the best rank for every number of parameters.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="InvalidOperationException">Nothing was scored.</exception>
    public static Chart PlotParameters(this SearchResult result)
    {
        ThrowIfEmpty(result);
        ImmutableArray<ChartPoint> points = [.. result.RankHistory().Select(candidate => new ChartPoint(candidate.Rank, candidate.Cost.Parameters))];
        ImmutableArray<ChartPoint> front = ParetoFront.Of(points);
        return new Chart(new ChartPlan(
            "Parameters by rank",
            new ChartAxis("rank", IsCount: true),
            new ChartAxis("parameters", IsCount: true),
            [
                ChartPlans.Cloud(points, "each architecture"),
                new ChartLayer.Steps(front, ChartColor.Accent, null),
                new ChartLayer.Points(front, ChartColor.Accent, "Pareto front", Size: 8, Opacity: 1),
            ]));
    }

    internal static void ThrowIfEmpty(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.History.Length == 0)
        {
            throw new InvalidOperationException(
                "Nothing was scored before the search was cancelled: there is nothing to show. Start it again, with the same store if it had one.");
        }
    }

    private static double[] ScoresBy(SearchResult result, int proxy) => [.. result.History.Select(evaluated => evaluated.Scores[proxy].Value)];

    private static int IndexOf(SearchResult result, string proxy)
    {
        ThrowIfEmpty(result);
        ArgumentNullException.ThrowIfNull(proxy);
        int index = result.Proxies.Select(own => own.Id).ToList().IndexOf(proxy);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"The search had no proxy '{proxy}': it had {string.Join(", ", result.Proxies.Select(own => own.Id))}.", nameof(proxy));
    }
}

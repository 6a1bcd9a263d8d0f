using System.Collections.Immutable;
using RankNas.Plotting;
using RankNas.Plotting.Charts;
using RankNas.Proxies;
using RankNas.SearchSpaces;

namespace RankNas;

/// <summary>Plots of a search's result. All show everything that was scored, and mark the strategy's choice.</summary>
/// <remarks>Scores that are infinite or failed are left out, and the plot says how many. Where nothing is left, the plot says what is missing.</remarks>
public static class ChartExtensions
{
    /// <summary>Plots the search's course: what the aggregator makes of each architecture within all that were scored, and the best so far.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The plot; where nothing has a finite value, one that says so.</returns>
    public static Chart PlotProgress(this SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        double[] inOrder = [.. result.History.Select(scored => scored.Total)];
        string label = result.Aggregator.Replace('-', ' ');
        return Plot(result, $"Progress by {label}", () => ChartPlans.Progress(inOrder, ScoreDirection.LowerIsBetter, label, PlaceOfBest(result)));
    }

    /// <summary>Plots the search's course by one proxy: each score, and the best so far.</summary>
    /// <param name="result">The result.</param>
    /// <param name="proxy">The proxy's id, such as <c>naswot</c>.</param>
    /// <returns>The plot; where nothing has a finite value, one that says so.</returns>
    /// <exception cref="ArgumentException">The search had no such proxy.</exception>
    public static Chart PlotProgress(this SearchResult result, string proxy)
    {
        int index = IndexOf(result, proxy);
        return Plot(result, $"Progress by {proxy}", () => ChartPlans.Progress(ScoresBy(result, index), result.Proxies[index].Direction, proxy, PlaceOfBest(result)));
    }

    /// <summary>Plots how one proxy's scores are distributed.</summary>
    /// <inheritdoc cref="PlotProgress(SearchResult, string)"/>
    public static Chart PlotScores(this SearchResult result, string proxy)
    {
        int index = IndexOf(result, proxy);
        return Plot(result, $"Distribution of {proxy}", () => ChartPlans.Histogram(ScoresBy(result, index), proxy, result.Proxies[index].Direction));
    }

    /// <summary>Plots one proxy's scores against another's.</summary>
    /// <param name="result">The result.</param>
    /// <param name="proxyOfX">The id of the proxy from left to right.</param>
    /// <param name="proxyOfY">The id of the proxy from bottom to top.</param>
    /// <returns>The plot; where nothing has finite values, one that says so.</returns>
    /// <exception cref="ArgumentException">The search had no such proxy.</exception>
    public static Chart PlotProxies(this SearchResult result, string proxyOfX, string proxyOfY)
    {
        (int x, int y) = (IndexOf(result, proxyOfX), IndexOf(result, proxyOfY));
        return Plot(result, $"{proxyOfY} against {proxyOfX}", () =>
        {
            ChartPoint[] points = [.. ScoresBy(result, x).Zip(ScoresBy(result, y), (left, right) => new ChartPoint(left, right))];
            return ChartPlans.Scatter(
                points, new ChartAxis(proxyOfX, Better: result.Proxies[x].Direction), new ChartAxis(proxyOfY, Better: result.Proxies[y].Direction),
                PlaceOfBest(result) is >= 0 and int best ? points[best] : null);
        });
    }

    /// <summary>Plots accuracies, known from elsewhere, against the ranks within all that were scored, with Kendall's τ and Spearman's ρ of the two.</summary>
    /// <remarks>Of ten or more accuracies, those further below the median than the best is above it are left out, and the plot says how many.</remarks>
    /// <param name="result">The result.</param>
    /// <param name="accuracyOf">Tells an architecture's accuracy in percent, null where it is not known; <c>RankNas.NatsBench</c> has such tables.</param>
    /// <param name="label">What the accuracies are.</param>
    /// <returns>The plot; where no accuracy is known, one that says so.</returns>
    public static Chart PlotAccuracy(this SearchResult result, Func<Architecture, double?> accuracyOf, string label = "accuracy (%)")
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(accuracyOf);
        ArgumentNullException.ThrowIfNull(label);
        return Plot(result, $"{label} by rank", () => AccuracyPlan.Of(result.Ranked, result.Best.Architecture, accuracyOf, label));
    }

    /// <summary>Plots parameters against the ranks within all that were scored, and the Pareto front: the best rank for every number of parameters.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The plot; where nothing was scored, one that says so.</returns>
    /// <exception cref="InvalidOperationException">A network cannot be built, or the result does not know its space: see <see cref="SearchResult.SearchSpace"/>.</exception>
    public static Chart PlotParameters(this SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Plot(result, "Parameters by rank", () =>
        {
            ImmutableArray<ChartPoint> points = [.. result.Ranked.Select(candidate => new ChartPoint(candidate.Rank, result.CostOf(candidate).Parameters))];
            ImmutableArray<ChartPoint> front = ParetoFront.Of(points);
            return new ChartPlan(
                "Parameters by rank",
                new ChartAxis("rank", IsCount: true, Better: ScoreDirection.LowerIsBetter),
                new ChartAxis("parameters", IsCount: true),
                [
                    ChartPlans.Cloud(points, ChartPlans.EachArchitecture),
                    new ChartLayer.Steps(front, ChartColor.Accent, null),
                    new ChartLayer.Points(front, ChartColor.Accent, "Pareto front", Size: 8, Opacity: 1),
                    .. ChartPlans.WinnerAt(points[0]),
                ]);
        });
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

    private static Chart Plot(SearchResult result, string title, Func<ChartPlan> plan) =>
        new(result.History.IsEmpty ? ChartPlan.Empty(title, "nothing was scored before the search was cancelled") : plan());

    private static double[] ScoresBy(SearchResult result, int proxy) => [.. result.History.Select(evaluated => evaluated.Scores[proxy].Value)];

    private static int PlaceOfBest(SearchResult result) =>
        result.Ranked.IsEmpty ? -1 : result.History.IndexOf(result.Best);

    private static int IndexOf(SearchResult result, string proxy)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(proxy);
        int index = result.Proxies.Select(own => own.Id).ToList().IndexOf(proxy);
        return index >= 0
            ? index
            : throw new ArgumentException(
                $"The search had no proxy '{proxy}': it had {string.Join(", ", result.Proxies.Select(own => own.Id))}.", nameof(proxy));
    }
}

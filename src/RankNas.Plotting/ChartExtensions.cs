using RankNas.Pareto;
using RankNas.Plotting;
using RankNas.Plotting.Charts;
using RankNas.Proxies;
using RankNas.SearchSpaces;

namespace RankNas;

/// <summary>Plots the result of a search. All plots show everything that was scored, and mark the strategy's choice.</summary>
/// <remarks>Infinite and failed scores are omitted, and the plot says how many. If no score remains, the plot says what is missing.</remarks>
public static class ChartExtensions
{
    /// <summary>Plots the progress of the search: the total of each architecture within everything scored, and the best so far.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The plot; if there is no finite value, it says so.</returns>
    public static Chart PlotProgress(this SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        double[] inOrder = [.. result.History.Select(scored => scored.Total)];
        string label = result.Aggregator.Replace('-', ' ');
        return Plot(result, $"Progress by {label}", () => ChartPlans.Progress(inOrder, ScoreDirection.LowerIsBetter, label, PlaceOfBest(result)));
    }

    /// <summary>Plots the progress of the search by one proxy: each score, and the best so far.</summary>
    /// <param name="result">The result.</param>
    /// <param name="proxy">The proxy's id, such as <c>naswot</c>.</param>
    /// <returns>The plot; if there is no finite value, it says so.</returns>
    /// <exception cref="ArgumentException">The search had no such proxy.</exception>
    public static Chart PlotProgress(this SearchResult result, string proxy)
    {
        int index = IndexOf(result, proxy);
        return Plot(result, $"Progress by {proxy}", () => ChartPlans.Progress(ScoresBy(result, index), result.Proxies[index].Direction, proxy, PlaceOfBest(result)));
    }

    /// <summary>Plots the distribution of a proxy's scores.</summary>
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
    /// <returns>The plot; if there are no finite values, it says so.</returns>
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

    /// <summary>Plots given accuracies against the ranks within everything scored, with Kendall's τ and Spearman's ρ.</summary>
    /// <remarks>With ten or more accuracies, those further below the median than the best is above it are omitted, and the plot says how many.</remarks>
    /// <param name="result">The result.</param>
    /// <param name="accuracyOf">Returns an architecture's accuracy in percent, null if unknown; <c>RankNas.NatsBench</c> has such tables.</param>
    /// <param name="label">The label of the accuracies.</param>
    /// <returns>The plot; if no accuracy is known, it says so.</returns>
    public static Chart PlotAccuracy(this SearchResult result, Func<Architecture, double?> accuracyOf, string label = "accuracy (%)")
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(accuracyOf);
        ArgumentNullException.ThrowIfNull(label);
        return Plot(result, $"{label} by rank", () => AccuracyPlan.Of(result.Ranked, result.Best.Architecture, accuracyOf, label));
    }

    /// <summary>Plots parameters against the ranks within everything scored, and the Pareto front: the best rank for every number of parameters.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The plot; if nothing was scored, it says so.</returns>
    /// <exception cref="InvalidOperationException">A network cannot be built, or the space of the result is unknown: see <see cref="SearchResult.SearchSpace"/>.</exception>
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
                    .. ChartPlans.FrontOf(front, isJoined: true),
                    .. ChartPlans.WinnerAt(points[0]),
                ]);
        });
    }

    /// <summary>Plots an objective against the aggregator's total within everything scored, with the Pareto front and its knee.</summary>
    /// <remarks>With several objectives beside the rank, the front is that of all of them, so that some of its points may lie behind others here; then no line joins them.</remarks>
    /// <param name="result">The result.</param>
    /// <param name="objective">The objective's id, such as <c>params</c>; the first one if null.</param>
    /// <returns>The plot; if there is no finite value, it says so.</returns>
    /// <exception cref="ArgumentException">The search had no such objective, or none at all.</exception>
    public static Chart PlotParetoFront(this SearchResult result, string? objective = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        int index = objective is null ? 0 : result.Objectives.Select(own => own.Id).ToList().IndexOf(objective);
        if (index < 0 || result.Objectives.IsEmpty)
        {
            throw new ArgumentException(
                result.Objectives.IsEmpty
                    ? "The search had no objective beside the rank: add one, such as AddObjective(Objectives.Parameters)."
                    : $"The search had no objective '{objective}': it had {string.Join(", ", result.Objectives.Select(own => own.Id))}.",
                nameof(objective));
        }

        ObjectiveDescriptor own = result.Objectives[index];
        string label = result.Aggregator.Replace('-', ' ');
        string title = $"{own.Id} against {label}";
        return Plot(result, title, () => ParetoPlan.Of(result, title, new ChartAxis(label, Better: ScoreDirection.LowerIsBetter), own, index));
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

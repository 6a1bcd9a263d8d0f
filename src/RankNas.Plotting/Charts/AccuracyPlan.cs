using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Plotting.Charts;

/// <summary>Plans the plot of accuracies by rank, whose axis shows the leaders.</summary>
internal static class AccuracyPlan
{
    // Of fewer, each is worth seeing.
    private const int FewestToZoom = 10;

    public static ChartPlan Of(IReadOnlyList<ScoredArchitecture> candidates, Architecture best, Func<Architecture, double?> accuracyOf, string label)
    {
        Dictionary<Architecture, double> accuracies = candidates.ToDictionary(candidate => candidate.Architecture, candidate => accuracyOf(candidate.Architecture) ?? double.NaN);
        ChartPoint[] known = [.. candidates.Select(candidate => new ChartPoint(candidate.Rank, accuracies[candidate.Architecture])).Where(Finite.Is)];
        string title = $"{label} by rank";
        if (known.Length == 0)
        {
            return ChartPlans.Empty(title, label);
        }

        ChartPoint? winner = candidates.Where(candidate => candidate.Architecture.Equals(best))
            .Select(candidate => (ChartPoint?)new ChartPoint(candidate.Rank, accuracies[candidate.Architecture])).FirstOrDefault(place => Finite.Is(place!.Value));
        double from = StartOf([.. known.Select(point => point.Y)], winner?.Y);
        ImmutableArray<ChartPoint> shown = [.. known.Where(point => point.Y >= from)];
        return new ChartPlan(
            title,
            new ChartAxis("rank", IsCount: true, Better: ScoreDirection.LowerIsBetter),
            new ChartAxis(label, Better: ScoreDirection.HigherIsBetter),
            [ChartPlans.Cloud(shown, ChartPlans.EachArchitecture), .. ChartPlans.WinnerAt(winner)],
            ChartPlan.Notes(
                Correlation(AccuracyAgreement.Of(candidates, candidate => candidate.Total, candidate => accuracies[candidate.Architecture])),
                known.Length > shown.Length
                    ? FormattableString.Invariant($"the axis shows the leaders: {known.Length - shown.Length:N0} below {shown.Min(point => point.Y):0.##} are not shown")
                    : null,
                Finite.Note(known.Length, candidates.Count)));
    }

    // As far below the median as the best is above it: the few that learn nothing at all would take up most of the axis.
    private static double StartOf(double[] accuracies, double? winner)
    {
        Array.Sort(accuracies);
        if (accuracies.Length < FewestToZoom)
        {
            return accuracies[0];
        }

        double median = accuracies[accuracies.Length / 2];
        double from = 2 * median - accuracies[^1];
        return from < accuracies[^1] ? Math.Min(from, winner ?? from) : accuracies[0];
    }

    private static string? Correlation(AccuracyAgreement agreement) => agreement.IsDefined
        ? FormattableString.Invariant($"τ {AccuracyAgreement.Text(agreement.Tau)}, ρ {AccuracyAgreement.Text(agreement.Rho)} over {agreement.Architectures:N0} architectures")
        : null;
}

using RankNas.Pareto;
using RankNas.Ranking;

namespace RankNas.Plotting.Charts;

/// <summary>Makes the chart of a result's Pareto front.</summary>
internal static class ParetoPlan
{
    public static ChartPlan Of(SearchResult result, string title, ChartAxis total, ObjectiveDescriptor objective, int index)
    {
        ChartPoint PointOf(ScoredArchitecture scored) => new(scored.Total, scored.Objectives[index]);
        ImmutableArray<ChartPoint> all = [.. result.Ranked.Select(PointOf).Where(Finite.Is)];
        if (all.IsEmpty)
        {
            return ChartPlans.Empty(title, objective.Id);
        }

        ImmutableArray<ChartPoint> front = [.. result.ParetoFront.Select(PointOf).Where(Finite.Is)];
        ChartPoint knee = PointOf(result.KneePoint);
        return new ChartPlan(title, total, new ChartAxis(objective.Id, Better: objective.Direction),
        [
            ChartPlans.Cloud(all, ChartPlans.EachArchitecture),
            .. ChartPlans.FrontOf(front, isJoined: result.Objectives.Length == 1 && front.Length > 1),
            .. Finite.Is(knee) ? [new ChartLayer.Points([knee], ChartColor.Accent, "knee", Size: 14, Opacity: 0.6)] : ImmutableArray<ChartLayer>.Empty,
            .. ChartPlans.WinnerAt(PointOf(result.Best)),
        ], Finite.Note(all.Length, result.Ranked.Length));
    }
}

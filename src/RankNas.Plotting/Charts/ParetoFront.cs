using RankNas.Pareto;

namespace RankNas.Plotting.Charts;

/// <summary>The points that no other beats in both coordinates.</summary>
internal static class ParetoFront
{
    /// <summary>Finds the front where small is good in both coordinates, by ascending x; equal points count once.</summary>
    public static ImmutableArray<ChartPoint> Of(IEnumerable<ChartPoint> points)
    {
        ChartPoint[] all = [.. points];
        ImmutableArray<int> front = ParetoSet.NonDominated([.. all.Select(point => ImmutableArray.Create(point.X, point.Y))]);
        return [.. front.Select(place => all[place]).Distinct().OrderBy(point => point.X)];
    }
}

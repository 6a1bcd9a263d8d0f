namespace RankNas.Plotting.Charts;

/// <summary>The points that no other beats in both coordinates.</summary>
internal static class ParetoFront
{
    /// <summary>Finds the front where small is good in both coordinates, by ascending x.</summary>
    public static ImmutableArray<ChartPoint> Of(IEnumerable<ChartPoint> points)
    {
        var front = ImmutableArray.CreateBuilder<ChartPoint>();
        foreach (ChartPoint point in points.OrderBy(point => point.X).ThenBy(point => point.Y))
        {
            if (front.Count == 0 || point.Y < front[^1].Y)
            {
                front.Add(point);
            }
        }

        return front.ToImmutable();
    }
}

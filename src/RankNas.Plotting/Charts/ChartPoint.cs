namespace RankNas.Plotting.Charts;

/// <summary>A point in the data's own units.</summary>
internal readonly record struct ChartPoint(double X, double Y);

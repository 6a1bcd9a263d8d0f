namespace RankNas.Plotting.Charts;

/// <summary>A column of a histogram.</summary>
internal readonly record struct ChartColumn(double Left, double Right, double Height);

namespace RankNas.Plotting.Charts;

/// <summary>How a line is drawn, for those who do not see its colour.</summary>
internal enum ChartStroke
{
    Solid,
    Dashed,
    Dotted,
    DashDotted,
}

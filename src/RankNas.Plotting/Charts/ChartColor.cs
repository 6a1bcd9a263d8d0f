namespace RankNas.Plotting.Charts;

/// <summary>Which of the theme's colours a layer has.</summary>
internal enum ChartColor
{
    Primary,
    Accent,
    Secondary,
    Tertiary,
}

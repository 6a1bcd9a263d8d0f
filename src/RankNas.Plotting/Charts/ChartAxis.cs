namespace RankNas;

/// <summary>An axis: its label, whether its numbers are counts, and whether it goes by powers of ten.</summary>
internal sealed record ChartAxis(string Label, bool IsCount = false, bool IsLogarithmic = false);

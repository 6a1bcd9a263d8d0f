namespace RankNas.Correlation;

/// <summary>A statistic of pairs, such as <see cref="KendallTau.Of"/>.</summary>
/// <param name="x">The first of each pair.</param>
/// <param name="y">The second of each pair.</param>
public delegate double PairStatistic(ReadOnlySpan<double> x, ReadOnlySpan<double> y);

namespace RankNas.Evaluation;

/// <summary>The quality of a combination's ranking, averaged over the data sets.</summary>
/// <param name="Top10Shortfall">The best test accuracy of all, minus the mean of the first ten, in percentage points.</param>
/// <param name="Top1Regret">The best test accuracy of all, minus that of the first, in percentage points.</param>
/// <param name="Kendall">Kendall's τ-b with the test accuracy.</param>
public sealed record CombinationFigures(double Top10Shortfall, double Top1Regret, double Kendall);

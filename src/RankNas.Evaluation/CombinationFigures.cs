namespace RankNas.Evaluation;

/// <summary>What the order that a combination gives is worth, on average over the data sets.</summary>
/// <param name="Top10Shortfall">The best test accuracy of all, less the mean of the first ten, in percentage points.</param>
/// <param name="Top1Regret">The best test accuracy of all, less that of the first, in percentage points.</param>
/// <param name="Kendall">Kendall's τ-b with the test accuracy.</param>
public sealed record CombinationFigures(double Top10Shortfall, double Top1Regret, double Kendall);

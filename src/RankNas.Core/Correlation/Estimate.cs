namespace RankNas.Correlation;

/// <summary>A statistic of a sample, with its 95 % confidence interval.</summary>
/// <param name="Value">The statistic.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record Estimate(double Value, double Low, double High);

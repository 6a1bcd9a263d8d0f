namespace RankNas.Correlation;

/// <summary>A statistic of a sample, with the interval that it lies in with 95 % confidence.</summary>
/// <param name="Value">The statistic.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record Estimate(double Value, double Low, double High);

namespace RankNas.Tool.Output;

/// <summary>An accuracy as JSON has it, in percent.</summary>
internal sealed record AccuracyReport(double Validation, double Test);

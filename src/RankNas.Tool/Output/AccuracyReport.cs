namespace RankNas.Tool.Output;

/// <summary>An accuracy as JSON has it, in percent; what is not known is left out.</summary>
internal sealed record AccuracyReport(double? Validation, double? Test);

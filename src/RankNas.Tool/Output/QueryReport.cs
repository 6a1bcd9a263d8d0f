namespace RankNas.Tool.Output;

/// <summary>An architecture's accuracies as <c>ranknas query --json</c> writes them.</summary>
internal sealed record QueryReport(long? Index, string Arch, IReadOnlyDictionary<string, AccuracyReport> Accuracy);

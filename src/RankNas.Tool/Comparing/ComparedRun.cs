namespace RankNas.Tool.Comparing;

/// <summary>A run to compare, as it was read of a file.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Space">The space's id.</param>
/// <param name="Method">What the run is of.</param>
/// <param name="Seed">The strategy's seed, by which runs are paired.</param>
/// <param name="Set">Which set of weights and images its scores are of; null where that is not known.</param>
/// <param name="Accuracies">The accuracies of what it found, by data set.</param>
internal sealed record ComparedRun(
    string File, string? Space, MethodName Method, long Seed, long? Set, IReadOnlyDictionary<string, AccuracyReport> Accuracies);

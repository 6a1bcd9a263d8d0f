namespace RankNas.Reproduction;

/// <summary>A row as it was published, to set a reproduction beside.</summary>
/// <param name="Method">The method, named as in a <see cref="MethodOutcome"/>.</param>
/// <param name="SearchSeconds">The search time in seconds; null where there is none.</param>
/// <param name="Validation">The validation accuracies by data set, in percent, mean and deviation as printed.</param>
/// <param name="Test">The test accuracies by data set.</param>
public sealed record PublishedResult(
    string Method, double? SearchSeconds, IReadOnlyDictionary<string, string> Validation, IReadOnlyDictionary<string, string> Test);

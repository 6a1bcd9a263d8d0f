using RankNas.SearchSpaces;

namespace RankNas.Plotting;

/// <summary>Accuracies that a report shows beside the ranks; the search does not use them.</summary>
/// <param name="Name">Their name, such as <c>cifar10 test</c>.</param>
/// <param name="Of">Returns an architecture's accuracy in percent, null if unknown.</param>
public sealed record ReportAccuracy(string Name, Func<Architecture, double?> Of);

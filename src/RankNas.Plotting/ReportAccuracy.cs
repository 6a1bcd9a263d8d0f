using RankNas.SearchSpaces;

namespace RankNas.Plotting;

/// <summary>Accuracies that a report shows beside the ranks; the search never saw them.</summary>
/// <param name="Name">What they are, such as <c>cifar10 test</c>.</param>
/// <param name="Of">Tells an architecture's accuracy in percent, null where it is not known.</param>
public sealed record ReportAccuracy(string Name, Func<Architecture, double?> Of);

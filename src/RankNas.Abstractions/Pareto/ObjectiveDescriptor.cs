using RankNas.Proxies;

namespace RankNas.Pareto;

/// <summary>An objective of a search, as results name it.</summary>
/// <param name="Id">Its name, such as <c>params</c>.</param>
/// <param name="Direction">Which values are better.</param>
public sealed record ObjectiveDescriptor(string Id, ScoreDirection Direction = ScoreDirection.LowerIsBetter);

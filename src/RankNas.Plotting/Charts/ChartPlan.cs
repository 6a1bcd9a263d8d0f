using System.Collections.Immutable;

namespace RankNas;

/// <summary>What a chart shows, before anything is drawn.</summary>
/// <param name="Title">The title.</param>
/// <param name="X">The axis from left to right.</param>
/// <param name="Y">The axis from bottom to top.</param>
/// <param name="Layers">The marks, from back to front.</param>
/// <param name="Note">What the reader has to know besides, such as how many scores are left out; null where there is nothing.</param>
internal sealed record ChartPlan(string Title, ChartAxis X, ChartAxis Y, ImmutableArray<ChartLayer> Layers, string? Note = null);

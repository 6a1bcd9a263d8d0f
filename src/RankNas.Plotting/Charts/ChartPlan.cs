namespace RankNas.Plotting.Charts;

/// <summary>What a chart shows, before anything is drawn.</summary>
/// <param name="Title">The title.</param>
/// <param name="X">The axis from left to right.</param>
/// <param name="Y">The axis from bottom to top.</param>
/// <param name="Layers">The marks, from back to front.</param>
/// <param name="Note">What the reader has to know besides, such as how many scores are left out; null where there is nothing.</param>
/// <param name="Nothing">Why there is nothing to plot; null where there is something.</param>
internal sealed record ChartPlan(string Title, ChartAxis X, ChartAxis Y, ImmutableArray<ChartLayer> Layers, string? Note = null, string? Nothing = null)
{
    /// <summary>A chart that says why there is nothing to plot.</summary>
    public static ChartPlan Empty(string title, string reason) => new(title, new ChartAxis(""), new ChartAxis(""), [], Nothing: $"Nothing to plot: {reason}.");

    /// <summary>Puts what there is to note together; null where there is nothing.</summary>
    public static string? Notes(params IEnumerable<string?> notes) => string.Join("; ", notes.OfType<string>()) is { Length: > 0 } all ? all : null;
}

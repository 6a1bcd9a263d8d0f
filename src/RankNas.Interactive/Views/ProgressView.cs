namespace RankNas.Interactive.Views;

/// <summary>The progress of a search as a bar and a sentence.</summary>
internal static class ProgressView
{
    public static Html Of(SearchProgress progress) => NotebookView.Of(Html.Of($"""
        <div class="bar"><div style="width:{Share(progress)}%"></div></div><p>{progress.ToString()}{Left(progress)}</p>{Latest(progress)}
        """));

    // Of the budget or of the time, whichever is nearer its end.
    private static string Share(SearchProgress progress)
    {
        double ofBudget = (double)progress.Evaluations / progress.Budget;
        double ofTime = progress.TimeLimit is { } limit && limit > TimeSpan.Zero ? progress.Elapsed / limit : 0;
        return (100 * Math.Clamp(Math.Max(ofBudget, ofTime), 0, 1)).ToString("0.#", CultureInfo.InvariantCulture);
    }

    private static Html Latest(SearchProgress progress) => progress.Evaluations >= progress.Budget ? Html.Empty : Html.Of(
        $"<p class=\"muted\">Scored last: <code>{progress.Latest.Architecture.Text}</code></p>");

    private static string Left(SearchProgress progress) => progress.TimeLeft is { } left && left > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $" About {(int)left.TotalHours}:{left:mm\\:ss} left.")
        : "";
}

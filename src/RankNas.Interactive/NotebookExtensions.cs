using RankNas.Interactive;

namespace RankNas;

/// <summary>Runs searches in notebooks.</summary>
public static class NotebookExtensions
{
    /// <summary>Builds and runs a search, and shows its progress below the cell until it has ended.</summary>
    /// <remarks>It takes the place of <see cref="NasBuilder.UseProgress"/>. Without a notebook, the progress is written to the console.</remarks>
    /// <param name="builder">The builder, complete but for <see cref="NasBuilder.Build"/>.</param>
    /// <param name="cancellationToken">Ends the search, whose result is then the best so far. So does the notebook when it stops the cell.</param>
    /// <returns>The ranked architectures.</returns>
    /// <inheritdoc cref="NasExperiment.RunAsync" path="/exception"/>
    /// <exception cref="InvalidOperationException">Something is missing or does not fit; the message says what to call.</exception>
    public static async Task<SearchResult> RunInNotebookAsync(this NasBuilder builder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var display = new ProgressDisplay(NotebookExtension.Show);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, NotebookExtension.Cell);
        SearchResult result = await builder.UseProgress(display).Build().RunAsync(ends.Token).ConfigureAwait(false);
        display.Finish();
        return result;
    }
}

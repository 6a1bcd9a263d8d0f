using Spectre.Console;

namespace RankNas.Tool.Output;

/// <summary>A progress bar on standard error, where that is a terminal.</summary>
internal static class ProgressBar
{
    public static async Task<T> RunAsync<T>(TextWriter errors, string title, int total, Func<IProgress<SearchProgress>, Task<T>> run)
    {
        if (!Consoles.IsTerminal(errors))
        {
            return await run(new SearchObserver(_ => { })).ConfigureAwait(false);
        }

        return await Consoles.On(errors).Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(title, maxValue: total);
                return await run(new SearchObserver(progress =>
                {
                    task.Value = progress.Evaluations;
                    task.Description = $"{title} {progress.Evaluations} of {progress.Budget}";
                })).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    // Progress<T> would hand reports to the thread pool, out of order.
    private sealed class SearchObserver(Action<SearchProgress> report) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => report(value);
    }
}

using System.Diagnostics;
using RankNas.Tool.Output.Live;

namespace RankNas.Tool.Output;

/// <summary>How far a search is, on standard error: a live view where that is a terminal, else a line now and then.</summary>
internal static class SearchProgressView
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    public static async Task<T> RunAsync<T>(
        TextWriter errors, string title, BestSoFar? best, Func<IProgress<SearchProgress>, Task<T>> run, CancellationToken cancellationToken)
    {
        if (Consoles.LiveOn(errors) is not { } terminal)
        {
            return await run(LinesOn(errors)).ConfigureAwait(false);
        }

        var view = new SearchView(title, best, () => cancellationToken.IsCancellationRequested);

        // On another thread, since a search may do much before it first waits.
        return await LiveRegion.RunAsync(terminal, view, () => Task.Run(() => run(new SynchronousProgress<SearchProgress>(view.Report)), CancellationToken.None)).ConfigureAwait(false);
    }

    private static SynchronousProgress<SearchProgress> LinesOn(TextWriter errors)
    {
        long last = Stopwatch.GetTimestamp();
        return new SynchronousProgress<SearchProgress>(progress =>
        {
            if (Stopwatch.GetElapsedTime(last) >= BetweenLines)
            {
                last = Stopwatch.GetTimestamp();
                errors.WriteLine(progress.TimeLeft is { } left ? $"{progress} {ProgressLine.TextOf(left)} left." : progress.ToString());
            }
        });
    }
}

using System.Diagnostics;
using RankNas.Fitting;
using RankNas.Tool.Output.Live;

namespace RankNas.Tool.Output;

/// <summary>How far a model is, on standard error: a live view where that is a terminal, else a line for each stage and now and then.</summary>
internal static class FitProgressView
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    public static async Task<FitResult> RunAsync(
        TextWriter errors, TimeSpan? limit, Func<IProgress<FitProgress>, Task<FitResult>> run, CancellationToken cancellationToken)
    {
        if (Consoles.LiveOn(errors) is not { } terminal)
        {
            return await run(LinesOn(errors)).ConfigureAwait(false);
        }

        var view = new FitView(limit, () => cancellationToken.IsCancellationRequested);
        return await LiveRegion.RunAsync(terminal, view, () => Task.Run(() => run(new SynchronousProgress<FitProgress>(view.Report)), CancellationToken.None)).ConfigureAwait(false);
    }

    private static SynchronousProgress<FitProgress> LinesOn(TextWriter errors)
    {
        var gate = new Lock();
        long last = Stopwatch.GetTimestamp();
        FitStage? stage = null;
        return new SynchronousProgress<FitProgress>(told =>
        {
            lock (gate)
            {
                if (told.Stage != stage || told.Share >= 1 || Stopwatch.GetElapsedTime(last) >= BetweenLines)
                {
                    (stage, last) = (told.Stage, Stopwatch.GetTimestamp());
                    errors.WriteLine(TextOf(told));
                }
            }
        });
    }

    private static string TextOf(FitProgress told) => told.TimeLeft is { } left && told.Share < 1
        ? $"{told.Stage}: {told.Message.TrimEnd('.')}; {ProgressLine.TextOf(left)} left"
        : $"{told.Stage}: {told.Message.TrimEnd('.')}";
}

using System.Diagnostics;
using RankNas.Fitting;
using Spectre.Console;

namespace RankNas.Tool.Output;

/// <summary>How far a model is, on standard error: a bar for each stage where that is a terminal, else a line for each stage and now and then.</summary>
internal static class FitProgressView
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    public static async Task<FitResult> RunAsync(TextWriter errors, Func<IProgress<FitProgress>, Task<FitResult>> run)
    {
        if (!Consoles.IsTerminal(errors))
        {
            return await run(LinesOn(errors)).ConfigureAwait(false);
        }

        return await Consoles.On(errors).Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var bars = new Dictionary<FitStage, ProgressTask>();
                return await run(new Observer(told =>
                {
                    if (!bars.TryGetValue(told.Stage, out ProgressTask? bar))
                    {
                        bar = bars[told.Stage] = context.AddTask("");
                    }

                    bar.Value = 100 * told.Share;
                    bar.Description = Markup.Escape(TextOf(told));
                })).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private static Observer LinesOn(TextWriter errors)
    {
        long last = Stopwatch.GetTimestamp();
        FitStage? stage = null;
        return new Observer(told =>
        {
            if (told.Stage != stage || told.Share >= 1 || Stopwatch.GetElapsedTime(last) >= BetweenLines)
            {
                (stage, last) = (told.Stage, Stopwatch.GetTimestamp());
                errors.WriteLine(TextOf(told));
            }
        });
    }

    private static string TextOf(FitProgress told) => told.TimeLeft is { } left && told.Share < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{told.Stage}: {told.Message.TrimEnd('.')}; {(int)left.TotalHours}:{left:mm\\:ss} left")
        : $"{told.Stage}: {told.Message.TrimEnd('.')}";

    // Progress<T> would hand reports to the thread pool, out of order.
    private sealed class Observer(Action<FitProgress> report) : IProgress<FitProgress>
    {
        private readonly Lock _gate = new();

        public void Report(FitProgress value)
        {
            lock (_gate)
            {
                report(value);
            }
        }
    }
}

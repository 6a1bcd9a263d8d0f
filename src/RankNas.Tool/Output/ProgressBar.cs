using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RankNas.Tool.Output;

/// <summary>Progress on standard error: a bar where that is a terminal, else a line now and then.</summary>
internal static class ProgressBar
{
    private const int WidthOfBar = 20;

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    public static async Task<T> RunAsync<T>(
        TextWriter errors, string title, BestSoFar? best, Func<IProgress<SearchProgress>, Task<T>> run, CancellationToken cancellationToken)
    {
        if (!Consoles.IsTerminal(errors))
        {
            return await run(LinesOn(errors)).ConfigureAwait(false);
        }

        return await Consoles.On(errors).Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = WidthOfBar }, new PercentageColumn(), new TimeLeftColumn())
            .UseRenderHook((bar, _) => best?.Best is { } architecture ? new Rows(bar, BestLine(errors, architecture)) : bar)
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(title);
                task.IsIndeterminate = true;
                using CancellationTokenRegistration ending = cancellationToken.Register(() => task.Description = "Ending");
                return await run(new SynchronousProgress<SearchProgress>(progress =>
                {
                    best?.Add(progress.Latest);
                    task.IsIndeterminate = false;
                    task.MaxValue = progress.Budget;
                    task.Value = progress.Evaluations;
                    task.Description = DescriptionOf(cancellationToken.IsCancellationRequested ? "Ending" : title, progress);
                })).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private static string DescriptionOf(string title, SearchProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"{title} {progress.Evaluations:N0} of {progress.Budget:N0}");

    private static Text BestLine(TextWriter errors, Architecture architecture)
    {
        string line = $"Best so far: {architecture}";
        int most = (Consoles.WidthOf(errors) ?? line.Length) - 1;
        return new Text(line.Length <= most ? line : $"{line[..(most - 1)]}…");
    }

    private static SynchronousProgress<SearchProgress> LinesOn(TextWriter errors)
    {
        long last = Stopwatch.GetTimestamp();
        return new SynchronousProgress<SearchProgress>(progress =>
        {
            if (Stopwatch.GetElapsedTime(last) >= BetweenLines)
            {
                last = Stopwatch.GetTimestamp();
                errors.WriteLine(progress.TimeLeft is { } left ? $"{progress} {TextOf(left)} left." : progress.ToString());
            }
        });
    }

    private static string TextOf(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");

    private sealed class TimeLeftColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.RemainingTime is { } left ? $"{TextOf(left)} left" : "");
    }
}

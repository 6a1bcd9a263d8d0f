using System.Diagnostics;
using Spectre.Console.Rendering;

namespace RankNas.Tool.Output.Live;

/// <summary>A search under way: the best five, a bar, the count, the speed, and the time left.</summary>
/// <param name="title">What is done, such as <c>Searching</c>.</param>
/// <param name="best">The best so far; null where nothing is ranked.</param>
/// <param name="isEnding">Whether the search was cancelled.</param>
internal sealed class SearchView(string title, BestSoFar? best, Func<bool> isEnding) : ILiveView
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile Told? _told;

    /// <summary>Gets how long ago a time stamp was; tests say so themselves.</summary>
    public Func<long, TimeSpan> Since { get; init; } = Stopwatch.GetElapsedTime;

    public void Report(SearchProgress progress)
    {
        best?.Add(progress.Latest);
        _told = new Told(progress, Stopwatch.GetTimestamp());
    }

    public IEnumerable<IRenderable> Lines(int width)
    {
        if (_told is not { Progress: var progress, At: var at })
        {
            return [ProgressLine.Bar(isEnding() ? "Ending" : title, 0, ProgressLine.TextOf(Since(_start)), width), .. Ending(width)];
        }

        string count = string.Create(CultureInfo.InvariantCulture, $"{progress.Evaluations:N0} of {progress.Budget:N0}");
        return
        [
            .. BestTable.Lines(best?.Best() ?? [], width),
            ProgressLine.Bar(isEnding() ? "Ending" : title, (double)progress.Evaluations / Math.Max(1, progress.Budget), count, width),
            .. ProgressLine.Facts(FactsOf(progress, Since(at)), width),
            .. Ending(width),
        ];
    }

    private static IEnumerable<string> FactsOf(SearchProgress progress, TimeSpan since)
    {
        yield return ProgressLine.TextOf(progress.Elapsed + since);
        if (progress.Evaluations - progress.FromStore is > 0 and var computed && progress.Elapsed > TimeSpan.Zero)
        {
            double speed = computed / progress.Elapsed.TotalSeconds;
            yield return string.Create(CultureInfo.InvariantCulture, $"{(speed >= 1 ? $"{speed:N1} a second" : $"{1 / speed:N1} s each")}");
        }

        if (progress.TimeLeft is { } left)
        {
            yield return ProgressLine.Left(left, since);
        }

        if (progress.TimeLimit is { } limit)
        {
            yield return $"limit {ProgressLine.TextOf(limit)}";
        }

        if (progress.FromStore > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{progress.FromStore:N0} from the store");
        }

        if (progress.Failures > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{progress.Failures:N0} with a failed score");
        }
    }

    private IEnumerable<IRenderable> Ending(int width) =>
        isEnding() ? ProgressLine.Facts(["what is being scored is finished first", "a second Ctrl-C ends at once"], width) : [];

    private sealed record Told(SearchProgress Progress, long At);
}

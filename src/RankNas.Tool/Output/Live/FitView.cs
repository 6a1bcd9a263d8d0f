using System.Diagnostics;
using RankNas.Fitting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RankNas.Tool.Output.Live;

/// <summary>The making of a model under way: a line for each stage that is done, a bar for the one at work, and the best five while architectures are chosen.</summary>
internal sealed class FitView : ILiveView
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<FitStage, string> _done = [];
    private readonly Dictionary<Architecture, long> _parameters = [];
    private readonly TimeSpan? _limit;
    private readonly Func<bool> _isEnding;
    private readonly BestSoFar _best;
    private readonly long _start = Stopwatch.GetTimestamp();
    private FitProgress? _told;
    private long _at;

    public FitView(TimeSpan? limit, Func<bool> isEnding)
    {
        _limit = limit;
        _isEnding = isEnding;
        _best = new BestSoFar(new RankSum(), ParametersOf);
    }

    /// <summary>Gets how long ago a time stamp was; tests say so themselves.</summary>
    public Func<long, TimeSpan> Since { get; init; } = Stopwatch.GetElapsedTime;

    public void Report(FitProgress progress)
    {
        lock (_gate)
        {
            if (_told is { } before && before.Stage != progress.Stage)
            {
                _done[before.Stage] = before.Message;
            }

            if (progress is { Search.Latest: { } latest, Cost: { } cost })
            {
                _parameters[latest.Architecture] = cost.Parameters;
                _best.Add(latest);
            }

            _told = progress;
            _at = Stopwatch.GetTimestamp();
        }
    }

    public IEnumerable<IRenderable> Lines(int width)
    {
        lock (_gate)
        {
            if (_told is not { } told)
            {
                return [ProgressLine.Bar("Starting", 0, ProgressLine.TextOf(Since(_start)), width)];
            }

            return
            [
                .. _done.Where(stage => stage.Key < told.Stage).Select(stage =>
                    new Text(BestTable.Shorten($"✓ {stage.Key,-9}  {stage.Value.TrimEnd('.')}", width), new Style(decoration: Decoration.Dim))),
                .. BestTable.Lines(told.Stage is FitStage.Searching or FitStage.Comparing ? _best.Best() : [], width),
                ProgressLine.Bar(_isEnding() ? "Ending" : told.Stage.ToString(), told.Share, string.Create(CultureInfo.InvariantCulture, $"{told.Share * 100:0} %"), width),
                .. ProgressLine.Facts(FactsOf(told), width),
                .. _isEnding() ? ProgressLine.Facts(["--resume goes on where it stopped", "a second Ctrl-C ends at once"], width) : [],
            ];
        }
    }

    private IEnumerable<string> FactsOf(FitProgress told)
    {
        yield return told.Message.TrimEnd('.');
        if (told.TimeLeft is { } left && told.Share < 1)
        {
            yield return ProgressLine.Left(left, Since(_at));
        }

        if (_limit is { } limit)
        {
            yield return $"{ProgressLine.TextOf(Since(_start))} of {ProgressLine.TextOf(limit)} for all";
        }
    }

    private long? ParametersOf(Architecture architecture) => _parameters.TryGetValue(architecture, out long parameters) ? parameters : null;
}

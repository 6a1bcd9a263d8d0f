using System.Diagnostics;

namespace RankNas.Fitting.Running;

/// <summary>Shares out the time of a run.</summary>
/// <param name="limit">How long the whole may take; null for no limit.</param>
internal sealed class FitClock(TimeSpan? limit)
{
    private const double SearchShare = 0.2;
    private const double ComparingShare = 0.3;

    // Reading is not planned, and files have to be written: what is left is what the last training has.
    private const double WritingShare = 0.03;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Gets how long the search may take.</summary>
    public TimeSpan? ForSearch => Share(SearchShare);

    /// <summary>Gets how long each of several brief trainings may take.</summary>
    public TimeSpan? ForEachOf(int candidates) => Share(ComparingShare / candidates);

    /// <summary>Gets how long the last training may take.</summary>
    public TimeSpan? ForTraining => limit is { } whole ? AtLeast(whole * (1 - WritingShare) - Elapsed) : null;

    private TimeSpan? Share(double share) => limit is { } whole ? AtLeast(whole * share) : null;

    private static TimeSpan AtLeast(TimeSpan time) => time > Least ? time : Least;
}

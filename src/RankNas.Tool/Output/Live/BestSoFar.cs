using System.Diagnostics;

namespace RankNas.Tool.Output.Live;

/// <summary>The best of what a search has scored so far: ranked anew now and then, so that it costs next to nothing.</summary>
/// <param name="aggregator">What makes one figure of the scores.</param>
/// <param name="parametersOf">How many parameters an architecture's network has; null where that is not known. It is asked for the best alone.</param>
internal sealed class BestSoFar(IRankAggregator aggregator, Func<Architecture, long?> parametersOf)
{
    private const int Shown = 5;
    private const int TimesAsLong = 50;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<ScoredArchitecture> _scored = [];
    private IReadOnlyList<BestCandidate> _best = [];
    private int _known;
    private long _ranked;
    private TimeSpan _wait;

    /// <summary>Takes what was scored; costs nothing.</summary>
    public void Add(ScoredArchitecture evaluated)
    {
        lock (_gate)
        {
            _scored.Add(evaluated);
        }
    }

    /// <summary>Gets the best five, the best first; fewer while there are no more. For one thread at a time.</summary>
    public IReadOnlyList<BestCandidate> Best()
    {
        ScoredArchitecture[] scored;
        lock (_gate)
        {
            if (_scored.Count == _known || (_known > 0 && Stopwatch.GetElapsedTime(_ranked) < _wait))
            {
                return _best;
            }

            scored = [.. _scored];
        }

        long start = Stopwatch.GetTimestamp();
        var totals = aggregator.Aggregate(new ScoreTable(scored[0].Proxies, scored));
        _best =
        [
            .. Enumerable.Range(0, totals.Length).OrderBy(row => double.IsNaN(totals[row]) ? double.PositiveInfinity : totals[row])
                .Select(row => scored[row]).DistinctBy(candidate => candidate.Architecture).Take(Shown)
                .Select(candidate => new BestCandidate(candidate, parametersOf(candidate.Architecture))),
        ];
        _known = scored.Length;
        TimeSpan wait = TimesAsLong * Stopwatch.GetElapsedTime(start);
        _wait = wait > Shortest ? wait : Shortest;
        _ranked = Stopwatch.GetTimestamp();
        return _best;
    }
}

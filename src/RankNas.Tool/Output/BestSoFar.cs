using System.Diagnostics;
using RankNas.Proxies;

namespace RankNas.Tool.Output;

/// <summary>The best of what a search has scored, for its progress bar: ranked anew now and then, so that it costs next to nothing.</summary>
internal sealed class BestSoFar(IRankAggregator aggregator, IEnumerable<IZeroCostProxy> proxies)
{
    private const int TimesAsLong = 50;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    private readonly ProxyDescriptor[] _proxies = [.. proxies.Select(ProxyDescriptor.Of)];
    private readonly List<ScoredArchitecture> _scored = [];
    private long _ranked;
    private TimeSpan _wait;

    /// <summary>Gets the best; null until there is one.</summary>
    public Architecture? Best { get; private set; }

    public void Add(ScoredArchitecture evaluated)
    {
        _scored.Add(evaluated);
        if (Best is not null && Stopwatch.GetElapsedTime(_ranked) < _wait)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        var totals = aggregator.Aggregate(new ScoreTable(_proxies, _scored));
        Best = _scored[Enumerable.Range(0, totals.Length).MinBy(row => double.IsNaN(totals[row]) ? double.PositiveInfinity : totals[row])].Architecture;
        TimeSpan wait = TimesAsLong * Stopwatch.GetElapsedTime(start);
        _wait = wait > Shortest ? wait : Shortest;
        _ranked = Stopwatch.GetTimestamp();
    }
}

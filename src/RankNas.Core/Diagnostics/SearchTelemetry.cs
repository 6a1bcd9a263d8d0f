using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace RankNas.Diagnostics;

/// <summary>Shows a search to whoever listens: logs, metrics and traces. It costs next to nothing where nobody does.</summary>
/// <remarks>Loggers and listeners are not ours: what one throws is kept in <see cref="Failure"/>, and the search goes on.</remarks>
internal sealed class SearchTelemetry
{
    private static readonly ActivitySource Activities = new(RankNasDiagnostics.Name);
    private static readonly Meter Meter = new(RankNasDiagnostics.Name);
    private static readonly Counter<long> Evaluations = Meter.CreateCounter<long>(
        RankNasDiagnostics.EvaluationsCounter, "{architecture}", "Architectures scored.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        RankNasDiagnostics.FailuresCounter, "{score}", "Failed scores.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        RankNasDiagnostics.EvaluationDuration, "s", "How long it takes to score an architecture.");

    private static readonly Gauge<double> Progress = Meter.CreateGauge<double>(
        RankNasDiagnostics.ProgressGauge, "1", "The share of a search's budget that is used.");

    private static readonly Gauge<double> Best = Meter.CreateGauge<double>(
        RankNasDiagnostics.BestGauge, description: "The best score so far by each proxy.");

    private readonly ILogger _logger;
    private readonly ImmutableArray<ProxyDescriptor> _proxies;
    private readonly KeyValuePair<string, object?> _space;
    private readonly KeyValuePair<string, object?> _strategy;
    private readonly ProgressSteps _steps = new();
    private readonly double?[] _best;
    private Exception? _failure;

    public SearchTelemetry(ILogger logger, string space, string strategy, ImmutableArray<ProxyDescriptor> proxies)
    {
        _logger = logger;
        _proxies = proxies;
        _space = new("ranknas.space", space);
        _strategy = new("ranknas.strategy", strategy);
        _best = new double?[proxies.Length];
    }

    /// <summary>Gets the first exception that a logger or a listener threw; null where none has.</summary>
    public Exception? Failure => _failure;

    /// <summary>Warns of what makes a result worth less than it looks: of its images before it is there, of its scores when it is.</summary>
    public void Noticed(IEnumerable<SearchNotice> notices)
    {
        foreach (SearchNotice notice in notices)
        {
            Guard(() => _logger.Noticed(notice.Message, notice.Code));
        }
    }

    public Activity? StartSearch(int budget, long seed, string images)
    {
        Guard(() => _logger.SearchStarted($"{_space.Value}", $"{_strategy.Value}", budget, seed, images));
        return Guard(() => Activities.StartActivity(RankNasDiagnostics.SearchActivity)?
            .SetTag(_space.Key, _space.Value)
            .SetTag(_strategy.Key, _strategy.Value)
            .SetTag("ranknas.budget", budget)
            .SetTag("ranknas.seed", seed));
    }

    public Activity? StartEvaluating(int architectures) =>
        Guard(() => Activities.StartActivity(RankNasDiagnostics.EvaluateActivity)?.SetTag("ranknas.architectures", architectures));

    /// <summary>Ends an activity.</summary>
    public void End(Activity? activity) => Guard(() => activity?.Dispose());

    /// <summary>Shows the architecture scored last, and how far the search is; not safe for concurrent use.</summary>
    public void Scored(SearchProgress progress)
    {
        ScoredArchitecture evaluated = progress.Latest;
        Guard(() => Count(progress, evaluated));
        Guard(() => ShowBest(evaluated));
        Guard(() => _logger.Scored(evaluated.Architecture.Text, evaluated.Seconds, evaluated.FromStore));
        foreach ((ProxyDescriptor proxy, Score score) in _proxies.Zip(evaluated.Scores))
        {
            if (score.Failure is { } reason)
            {
                Guard(() => Failures.Add(1, _space, new("ranknas.proxy", proxy.Id)));
                Guard(() => _logger.ScoreFailed(proxy.Id, evaluated.Architecture.Text, reason));
            }
        }

        if (_steps.IsDue(progress.Evaluations, progress.Budget, progress.Elapsed))
        {
            Guard(() => _logger.Progressed(progress.Evaluations, progress.Budget, progress.Elapsed.TotalSeconds, progress.Failures));
        }
    }

    public void EndSearch(Activity? search, SearchResult result)
    {
        Guard(() => search?.SetTag("ranknas.evaluations", result.Evaluations).SetTag("ranknas.end", result.End.ToString()));
        Guard(() => _logger.SearchEnded(result.End, result.Evaluations, result.Elapsed.TotalSeconds,
            result.Ranked.Length > 0 ? result.Best.Architecture.Text : "none"));
    }

    public void BreakSearch(Activity? search, Exception exception, int evaluations)
    {
        Guard(() => search?.SetStatus(ActivityStatusCode.Error, exception.Message));
        Guard(() => _logger.SearchBroke(exception, evaluations));
    }

    public void ProgressFailed(Exception exception) => Guard(() => _logger.ProgressFailed(exception));

    private void Count(SearchProgress progress, ScoredArchitecture evaluated)
    {
        Evaluations.Add(1, _space, new("ranknas.source", evaluated.FromStore ? "store" : "network"));
        if (!evaluated.FromStore)
        {
            Duration.Record(evaluated.Seconds, _space);
        }

        Progress.Record((double)progress.Evaluations / progress.Budget, _space, _strategy);
    }

    private void ShowBest(ScoredArchitecture evaluated)
    {
        for (int proxy = 0; proxy < _best.Length; proxy++)
        {
            Score score = evaluated.Scores[proxy];
            bool isHigherBetter = _proxies[proxy].Direction == ScoreDirection.HigherIsBetter;
            if (score.Kind == ScoreKind.Finite
                && (_best[proxy] is not { } best || (isHigherBetter ? score.Value > best : score.Value < best)))
            {
                _best[proxy] = score.Value;
                Best.Record(score.Value, _space, _strategy, new("ranknas.proxy", _proxies[proxy].Id));
            }
        }
    }

    private void Guard(Action show) => Guard<object>(() =>
    {
        show();
        return null;
    });

    private T? Guard<T>(Func<T?> show)
        where T : class
    {
        try
        {
            return show();
        }
#pragma warning disable CA1031 // The result has a notice of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            return null;
        }
    }
}

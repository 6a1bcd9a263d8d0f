using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace RankNas;

/// <summary>Shows a search to whoever listens: logs, metrics and traces. It costs next to nothing where nobody does.</summary>
internal sealed class SearchTelemetry(ILogger logger, string space, ImmutableArray<ProxyDescriptor> proxies)
{
    private static readonly ActivitySource Activities = new(RankNasDiagnostics.Name);
    private static readonly Meter Meter = new(RankNasDiagnostics.Name);
    private static readonly Counter<long> Evaluations = Meter.CreateCounter<long>(
        RankNasDiagnostics.EvaluationsCounter, "{architecture}", "Architectures scored.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        RankNasDiagnostics.FailuresCounter, "{score}", "Failed scores.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        RankNasDiagnostics.EvaluationDuration, "s", "How long it takes to score an architecture.");

    public Activity? StartSearch(string strategy, int budget, long seed, string images)
    {
        logger.SearchStarted(space, strategy, budget, seed, images);
        return Activities.StartActivity(RankNasDiagnostics.SearchActivity)?
            .SetTag("ranknas.space", space)
            .SetTag("ranknas.strategy", strategy)
            .SetTag("ranknas.budget", budget)
            .SetTag("ranknas.seed", seed);
    }

    /// <summary>Warns of what makes a result worth less than it looks: of its images before it is there, of its scores when it is.</summary>
    public void Noticed(IEnumerable<SearchNotice> notices)
    {
        foreach (SearchNotice notice in notices)
        {
            logger.Noticed(notice.Message, notice.Code);
        }
    }

    public static Activity? StartEvaluating(int architectures) =>
        Activities.StartActivity(RankNasDiagnostics.EvaluateActivity)?.SetTag("ranknas.architectures", architectures);

    public void Scored(EvaluatedArchitecture evaluated)
    {
        KeyValuePair<string, object?> spaceTag = new("ranknas.space", space);
        Evaluations.Add(1, spaceTag, new("ranknas.source", evaluated.FromStore ? "store" : "network"));
        if (!evaluated.FromStore)
        {
            Duration.Record(evaluated.Seconds, spaceTag);
        }

        logger.Scored(evaluated.Architecture.Text, evaluated.Seconds, evaluated.FromStore);
        foreach ((ProxyDescriptor proxy, Score score) in proxies.Zip(evaluated.Scores))
        {
            if (score.Failure is { } reason)
            {
                Failures.Add(1, spaceTag, new("ranknas.proxy", proxy.Id));
                logger.ScoreFailed(proxy.Id, evaluated.Architecture.Text, reason);
            }
        }
    }

    public void EndSearch(Activity? search, SearchResult result)
    {
        search?.SetTag("ranknas.evaluations", result.Evaluations).SetTag("ranknas.end", result.End.ToString());
        logger.SearchEnded(result.End, result.Evaluations, result.Elapsed.TotalSeconds,
            result.Ranked.Length > 0 ? result.Best.Architecture.Text : "none");
    }

    public void BreakSearch(Activity? search, Exception exception, int evaluations)
    {
        search?.SetStatus(ActivityStatusCode.Error, exception.Message);
        logger.SearchBroke(exception, evaluations);
    }
}

using System.Collections.Immutable;
using System.Diagnostics;

namespace RankNas;

/// <summary>One search under way: the budget, what is known so far, and the way to scores and ranks.</summary>
internal sealed class SearchContext(
    SearchPlan plan, EvaluationPipeline pipeline, SearchTelemetry telemetry, Random random, CancellationToken searchToken) : ISearchContext
{
    private readonly Dictionary<Architecture, EvaluatedArchitecture> _known = [];
    private readonly List<EvaluatedArchitecture> _history = [];
    private readonly Lock _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _fromStore;
    private int _failures;

    public ISearchSpace Space => plan.Space;

    public ImmutableArray<ProxyDescriptor> Proxies => plan.Proxies;

    public Random Random => random;

    public int Budget => plan.Budget;

    public int Evaluations => _known.Count;

    public bool IsOver => _known.Count >= Budget || searchToken.IsCancellationRequested;

    /// <summary>Gets every architecture scored, in the order in which the strategy asked for them.</summary>
    public IReadOnlyList<EvaluatedArchitecture> History => _history;

    /// <summary>Gets the images, as they were when the search began.</summary>
    public ImageReport Images { get; } = ImageReport.Of(plan.Setup);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public async Task<IReadOnlyList<ScoredArchitecture>> EvaluateAsync(
        IReadOnlyCollection<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(architectures);
        Architecture[] wanted = [.. architectures.Select(architecture =>
            plan.TreatEqualGraphsAsOne ? Space.Canonicalize(architecture) : architecture)];
        Architecture[] missing = [.. wanted.Distinct().Where(architecture => !_known.ContainsKey(architecture)).Take(Budget - Evaluations)];
        if (missing.Length > 0)
        {
            using Activity? activity = SearchTelemetry.StartEvaluating(missing.Length);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(searchToken, cancellationToken);
            await pipeline.RunAsync(missing, Record, linked.Token).ConfigureAwait(false);

            // Workers finish in any order; the history does not show it.
            _history.AddRange(missing.Where(_known.ContainsKey).Select(architecture => _known[architecture]));
        }

        return [.. wanted.Where(_known.ContainsKey).Select(architecture => _known[architecture].Scored)];
    }

    public IReadOnlyList<RankedArchitecture> Rank(IReadOnlyCollection<ScoredArchitecture> candidates) =>
        Ranker.Rank(plan.Aggregator, Proxies, candidates);

    private void Record(EvaluatedArchitecture evaluated)
    {
        lock (_gate)
        {
            _known.Add(evaluated.Architecture, evaluated);
            _fromStore += evaluated.FromStore ? 1 : 0;
            _failures += evaluated.Scores.Any(score => score.Kind == ScoreKind.Failed) ? 1 : 0;
            telemetry.Scored(evaluated);
            plan.Progress?.Report(new SearchProgress(_known.Count, Budget, _fromStore, _failures, Elapsed, evaluated));
        }
    }
}

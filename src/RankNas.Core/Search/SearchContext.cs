using System.Diagnostics;
using System.Numerics;
using RankNas.Diagnostics;
using RankNas.Pareto;
using RankNas.Results;
using RankNas.Scoring;
using RankNas.Strategies;

namespace RankNas.Search;

/// <summary>One search under way: the budget, what is known so far, and the way to scores and ranks.</summary>
internal sealed class SearchContext : ISearchContext, IAsyncDisposable
{
    // A strategy that asks so often in a row for what is known will ask for nothing else any more.
    internal const int MostIdleCalls = 100_000;

    private readonly AsyncLocal<bool> _isReporting = new();
    private readonly Dictionary<Architecture, ScoredArchitecture> _known = [];
    private readonly List<Architecture> _asked = [];
    private readonly HashSet<Architecture> _askedBefore = [];
    private readonly Lock _gate = new();
    private readonly Lock _reports = new();
    private readonly Dictionary<Architecture, Task> _underWay = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SearchPlan _plan;
    private readonly EqualGraphs? _equalGraphs;
    private readonly ObjectiveValues _objectives;
    private readonly EvaluationPipeline _pipeline;
    private readonly SearchTelemetry _telemetry;
    private readonly NumericsTally _numerics;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _searchToken;
    private int _fromStore;
    private int _failures;
    private int _transient;
    private int _idleCalls;
    private Exception? _progressFailure;
    private volatile bool _isClosed;

    public SearchContext(
        SearchPlan plan, EvaluationPipeline pipeline, SearchTelemetry telemetry, Random random, NumericsTally numerics, CancellationToken searchToken)
    {
        _plan = plan;
        _equalGraphs = plan.TreatEqualGraphsAsOne ? new EqualGraphs(plan.Space, plan.Setup.Images.Shape) : null;
        _objectives = new ObjectiveValues(plan);
        _pipeline = pipeline;
        _telemetry = telemetry;
        _numerics = numerics;
        _searchToken = searchToken;
        Random = random;
        Space = plan.SpaceDuring(searchToken);
        Images = ImageReport.Of(plan.Setup);
    }

    public ISearchSpace Space { get; }

    public ImmutableArray<ProxyDescriptor> Proxies => _plan.Proxies;

    public ImmutableArray<ObjectiveDescriptor> Objectives => _plan.ObjectiveDescriptors;

    public Random Random { get; }

    public int Budget => _plan.Budget;

    public int Evaluations
    {
        get
        {
            lock (_gate)
            {
                return _known.Count;
            }
        }
    }

    public bool IsOver => Evaluations >= Budget || _searchToken.IsCancellationRequested;

    /// <summary>Gets whether the strategy asked for nothing new for so long that it was ended.</summary>
    public bool IsIdle => Volatile.Read(ref _idleCalls) >= MostIdleCalls;

    /// <summary>Gets every architecture scored, in the order in which the strategy asked for them: workers finish in any order, and it does not show.</summary>
    public IReadOnlyList<ScoredArchitecture> History
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked.Where(_known.ContainsKey).Select(architecture => _known[architecture])];
            }
        }
    }

    /// <summary>Gets what went wrong beside the scores.</summary>
    public ImmutableArray<SearchNotice> Notices
    {
        get
        {
            lock (_gate)
            {
                return [.. SearchTroubles.Of(_transient, IsIdle, _progressFailure, _telemetry.Failure), .. _numerics.NoticesFor(_plan.Setup.Numerics)];
            }
        }
    }

    /// <summary>Gets how many architectures there are to score, as far as the space can tell.</summary>
    public BigInteger SpaceCount => _plan.Space.Count;

    /// <summary>Gets the images, as they were when the search began.</summary>
    public ImageReport Images { get; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public async Task<IReadOnlyList<ScoredArchitecture>> EvaluateAsync(
        IReadOnlyCollection<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(architectures);
        if (_isReporting.Value)
        {
            throw new InvalidOperationException("A handler of progress asked for scores: the search waits for it, and would wait for ever.");
        }

        ThrowIfClosed();
        Architecture[] wanted = [.. architectures.Select(WantedFor)];
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_searchToken, cancellationToken, _ending.Token);
        (Task scoring, Task others) = Start(wanted, linked.Token);
        await scoring.ConfigureAwait(false);

        // What another call has under way is its own to fail by.
        await others.WaitAsync(linked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ThrowIfClosed();
        return Known(wanted);
    }

    public IReadOnlyList<ScoredArchitecture> Rank(IReadOnlyCollection<ScoredArchitecture> candidates) =>
        Ranker.Rank(_plan.Aggregator, Proxies, candidates);

    /// <summary>Ends the search for a strategy that is waited for no longer: whatever it asks for, it is told that it is over.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Ends what is under way, which a strategy that has failed waits for no longer, before the store and the evaluator are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        Task underWay;
        lock (_gate)
        {
            underWay = Task.WhenAll(_underWay.Values.Distinct());
        }

        if (!underWay.IsCompleted)
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await underWay.WaitAsync(_plan.Setup.Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _ending.Dispose();
    }

    // Before a call first waits, it has its share of the budget: what a search scores depends on the order of the calls, and on no worker.
    private (Task Scoring, Task Others) Start(Architecture[] wanted, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Task others = Task.WhenAll(wanted.Where(_underWay.ContainsKey).Select(architecture => _underWay[architecture]).Distinct());
            Architecture[] missing = Missing(wanted);
            _idleCalls = missing.Length > 0 ? 0 : Math.Min(_idleCalls + 1, MostIdleCalls);
            if (missing.Length == 0)
            {
                return (Task.CompletedTask, others);
            }

            Task scoring = Task.Run(() => ScoreAsync(missing, cancellationToken), CancellationToken.None);
            Array.ForEach(missing, architecture => _underWay.Add(architecture, scoring));
            return (scoring, others);
        }
    }

    private async Task ScoreAsync(Architecture[] missing, CancellationToken cancellationToken)
    {
        Activity? activity = _telemetry.StartEvaluating(missing.Length);
        try
        {
            await _pipeline.RunAsync(_objectives.Ask(missing, cancellationToken), Record, _numerics, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _telemetry.End(activity);
            lock (_gate)
            {
                Array.ForEach(missing, architecture => _underWay.Remove(architecture));
            }
        }
    }

    private void ThrowIfClosed()
    {
        if (_isClosed || IsIdle)
        {
            throw new OperationCanceledException("The search is over.", _searchToken);
        }
    }

    private Architecture WantedFor(Architecture? architecture)
    {
        if (architecture is null)
        {
            throw new ArgumentException("The strategy asked for the score of null.");
        }

        return _equalGraphs?.RepresentativeOf(architecture) ?? architecture;
    }

    // Asked for is what the budget still reaches, in this order; called within the gate.
    private Architecture[] Missing(Architecture[] wanted)
    {
        int taken = _known.Count + _underWay.Keys.Count(architecture => !_known.ContainsKey(architecture));
        Architecture[] missing = _searchToken.IsCancellationRequested
            ? []
            : [.. wanted.Distinct().Where(architecture => !_known.ContainsKey(architecture) && !_underWay.ContainsKey(architecture)).Take(Budget - taken)];
        _asked.AddRange(missing.Where(_askedBefore.Add));
        return missing;
    }

    private IReadOnlyList<ScoredArchitecture> Known(Architecture[] wanted)
    {
        lock (_gate)
        {
            return [.. wanted.Where(_known.ContainsKey).Select(architecture => _known[architecture])];
        }
    }

    private void Record(ScoredArchitecture scored)
    {
        ScoredArchitecture evaluated = scored with { Objectives = _objectives.Of(scored.Architecture) };
        lock (_reports)
        {
            SearchProgress progress;
            lock (_gate)
            {
                if (_isClosed || !_known.TryAdd(evaluated.Architecture, evaluated))
                {
                    return;
                }

                _fromStore += evaluated.FromStore ? 1 : 0;
                _failures += evaluated.Scores.Any(score => score.Kind == ScoreKind.Failed) ? 1 : 0;
                _transient += evaluated.Scores.Any(score => score.IsTransient) ? 1 : 0;
                progress = new SearchProgress(_known.Count, Budget, _fromStore, _failures, Elapsed, evaluated) { TimeLimit = _plan.TimeLimit };
            }

            _telemetry.Scored(progress);
            Report(progress);
        }
    }

    // One that throws is told no more: hours of scores are worth more than a bar that shows them.
    private void Report(SearchProgress progress)
    {
        if (_plan.Progress is null || _progressFailure is not null)
        {
            return;
        }

        try
        {
            _isReporting.Value = true;
            _plan.Progress.Report(progress);
        }
#pragma warning disable CA1031 // The result has a notice of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _progressFailure = exception;
            _telemetry.ProgressFailed(exception);
        }
        finally
        {
            _isReporting.Value = false;
        }
    }
}

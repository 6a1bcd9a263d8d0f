using System.Runtime.CompilerServices;
using RankNas.Diagnostics;
using RankNas.Images;
using RankNas.Results;
using RankNas.Scoring;
using RankNas.Search;

namespace RankNas;

/// <summary>Scores given architectures, without a strategy.</summary>
/// <remarks>Workers, images and store are opened by the first call and kept until it is disposed. Safe for concurrent use.</remarks>
public sealed class ArchitectureScorer : IAsyncDisposable
{
    private readonly SearchPlan _plan;
    private readonly NumericsTally _numerics = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SearchSession? _session;
    private int _calls;
    private bool _isDisposed;

    internal ArchitectureScorer(SearchPlan plan) => _plan = plan;

    /// <summary>Scores architectures.</summary>
    /// <param name="architectures">The architectures; one given twice is scored once.</param>
    /// <param name="cancellationToken">Ends within the time of one architecture; the scores so far are returned.</param>
    /// <returns>One entry for each distinct architecture scored, in the order given; see also <see cref="NoticesOf"/>.</returns>
    /// <exception cref="ArgumentException">One of the architectures is null.</exception>
    /// <exception cref="ProxyNotApplicableException">A proxy needs something that no network of the space has.</exception>
    /// <exception cref="ObjectDisposedException">The scorer has been disposed.</exception>
    public Task<IReadOnlyList<ScoredArchitecture>> ScoreAsync(
        IEnumerable<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(architectures);
        Architecture[] distinct = [.. architectures.Distinct()];
        if (distinct.Any(architecture => architecture is null))
        {
            throw new ArgumentException("One of the architectures is null.", nameof(architectures));
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _calls++;
        }

        return Task.Run(() => ScoreAllAsync(distinct, cancellationToken), CancellationToken.None);
    }

    /// <summary>Finds what makes scores less reliable, in the images and in the scores.</summary>
    /// <param name="scored">What <see cref="ScoreAsync"/> returned.</param>
    /// <returns>The notices, the most important first.</returns>
    /// <inheritdoc cref="ProbeImages.Take" path="/exception"/>
    public ImmutableArray<SearchNotice> NoticesOf(IReadOnlyList<ScoredArchitecture> scored) => SearchNotices.Sorted(
        [.. ImageReport.Of(_plan.Setup).Notices, .. SearchNotices.Of(_plan.Setup, scored), .. _numerics.NoticesFor(_plan.Setup.Numerics)]);

    /// <summary>Ends running calls, which return their scores so far, and closes workers and store.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (_calls == 0)
            {
                _idle.SetResult();
            }
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _idle.Task.ConfigureAwait(false);
        _closing.Dispose();
        _opening.Dispose();
        if (_session is not null)
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<ScoredArchitecture>> ScoreAllAsync(Architecture[] architectures, CancellationToken cancellationToken)
    {
        try
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            return await FindSessionAsync(linked.Token).ConfigureAwait(false) is { } session
                ? await ScoreAllAsync(session, architectures, linked.Token).ConfigureAwait(false)
                : [];
        }
        finally
        {
            lock (_gate)
            {
                if (--_calls == 0 && _isDisposed)
                {
                    _idle.SetResult();
                }
            }
        }
    }

    // Opened by the first call; where that fails or is cancelled, the next one tries again.
    private async Task<SearchSession?> FindSessionAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return _session ??= await SearchSession.OpenAsync(_plan, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _opening.Release();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<ScoredArchitecture>> ScoreAllAsync(
        SearchSession session, Architecture[] architectures, CancellationToken cancellationToken)
    {
        SearchPlan plan = _plan with { Budget = Math.Max(1, architectures.Length) };
        SearchTelemetry telemetry = plan.CreateTelemetry("none");

        // There is no strategy, so nothing is drawn.
        var context = new SearchContext(plan, session.Pipeline, telemetry, new Random(0), _numerics, cancellationToken);
        await using ConfiguredAsyncDisposable ending = context.ConfigureAwait(false);
        telemetry.Noticed(context.Images.Notices);
        await context.EvaluateAsync(architectures, cancellationToken).ConfigureAwait(false);
        telemetry.Noticed(SearchNotices.Of(plan.Setup, context.History));
        return context.History;
    }
}

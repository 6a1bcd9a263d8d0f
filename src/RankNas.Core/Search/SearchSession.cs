using RankNas.Scoring;
using RankNas.Torch;

namespace RankNas.Search;

/// <summary>The store and the evaluator of one run, opened together and closed together.</summary>
internal sealed class SearchSession : IAsyncDisposable
{
    private readonly IScoreStore _store;
    private readonly IArchitectureEvaluator _evaluator;

    private SearchSession(SearchPlan plan, IScoreStore store, IArchitectureEvaluator evaluator)
    {
        _store = store;
        _evaluator = evaluator;
        ImmutableArray<ScoreScope> repeats = [.. Enumerable.Range(0, plan.Repeats).Select(plan.Setup.ScopeOf)];
        Pipeline = new EvaluationPipeline(
            store, evaluator, new WorkOrder(plan.Space, plan.Setup.Images.Shape), repeats, plan.Proxies, plan.Reuse, plan.Setup.Grace);
    }

    public EvaluationPipeline Pipeline { get; }

    /// <summary>Opens a session, off the caller's thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before all was open; what still opens then is closed again.</exception>
    public static async Task<SearchSession> OpenAsync(SearchPlan plan, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<SearchSession> opening = Task.Run(() => OpenHereAsync(plan, cancellationToken), CancellationToken.None);
        try
        {
            return await Patience.WaitAsync(opening, plan.Setup.Grace, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = CloseWhenOpenAsync(opening);
            throw;
        }
    }

    public ValueTask DisposeAsync() => Disposal.AllAsync(_evaluator, _store);

    private static async Task<SearchSession> OpenHereAsync(SearchPlan plan, CancellationToken cancellationToken)
    {
        TorchRuntime.EnsureLoaded();
        await NeedsCheck.CheckAsync(plan.Setup, cancellationToken).ConfigureAwait(false);
        IScoreStore store = await plan.OpenStore(cancellationToken).ConfigureAwait(false)
            ?? throw new SearchComponentException("The function that opens the score store returned null.");
        IArchitectureEvaluator? evaluator = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            evaluator = await plan.CreateEvaluator(cancellationToken).ConfigureAwait(false) ?? throw new SearchComponentException("The function that creates the evaluator returned null.");
            return new SearchSession(plan, store, evaluator);
        }
        catch (Exception exception)
        {
            await Disposal.AfterErrorAsync(exception, evaluator, store).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseWhenOpenAsync(Task<SearchSession> opening)
    {
        try
        {
            SearchSession late = await opening.ConfigureAwait(false);
            await late.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for it any more.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}

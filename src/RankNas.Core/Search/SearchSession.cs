using System.Collections.Immutable;

namespace RankNas;

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
        Pipeline = new EvaluationPipeline(store, evaluator, new WorkOrder(plan.Space, plan.Setup.Images.Shape), repeats, plan.Proxies);
    }

    public EvaluationPipeline Pipeline { get; }

    public static async Task<SearchSession> OpenAsync(SearchPlan plan, CancellationToken cancellationToken)
    {
        TorchRuntime.EnsureLoaded();
        if (plan.TuneAllocator)
        {
            TorchAllocator.KeepFreedMemory();
        }

        await NetworkNeeds.CheckAsync(plan.Setup, cancellationToken).ConfigureAwait(false);
        IScoreStore store = await plan.OpenStore(cancellationToken).ConfigureAwait(false);
        try
        {
            return new SearchSession(plan, store, plan.CreateEvaluator());
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _evaluator.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }
}

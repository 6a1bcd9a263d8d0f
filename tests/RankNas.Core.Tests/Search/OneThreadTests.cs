using RankNas.Core.Tests.Support;
using RankNas.Scores;

namespace RankNas.Core.Tests.Search;

/// <summary>Nothing waits for the thread that it was called on, which may wait for it.</summary>
public class OneThreadTests
{
    [Fact]
    public void RunAsync_MayBeWaitedFor() => OneThread.Block(() =>
        Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).WithBudget(3).Build().RunAsync(CancellationToken.None));

    [Fact]
    public void RunAsync_ThatIsCancelled_MayBeWaitedFor() => OneThread.Block(async () =>
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseScoreStore(new FaultyStore { OnFind = token => Task.Delay(-1, token) })
            .Build().RunAsync(cancellation.Token).ConfigureAwait(false);
    });

    [Fact]
    public void ScoreAsync_MayBeWaitedFor() => OneThread.Block(() =>
        Searches.Tiny().AddProxy(FunctionProxy.Parameters()).BuildScorer().ScoreAsync([new TinySpace().FromIndex(1)], CancellationToken.None));

    [Fact]
    public void AStoreInMemory_MayBeWaitedFor() => OneThread.Block(async () =>
    {
        var store = new InMemoryScoreStore();
        await store.AddAsync([], CancellationToken.None).ConfigureAwait(false);
        await foreach (StoredScore _ in store.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
        }

        await store.DisposeAsync().ConfigureAwait(false);
    });
}

using RankNas.Core.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests;

public class ArchitectureScorerTests
{
    private static readonly Architecture[] All = [.. Enumerable.Range(0, 27).Select(index => new TinySpace().FromIndex(index))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScoreAsync_SeveralCallsAtOnce_ShareOneSession_AndGiveTheSame()
    {
        int opened = 0;
        await using var store = new FaultyStore { OnFind = _ => Task.CompletedTask };
        NasBuilder builder = Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).WithWorkers(2);
        ((INasBuilder)builder).UseScoreStore(_ =>
        {
            opened++;
            return ValueTask.FromResult<IScoreStore>(store);
        });
        await using (ArchitectureScorer scorer = builder.BuildScorer())
        {
            IReadOnlyList<ScoredArchitecture>[] scored = await Task.WhenAll(Enumerable.Range(0, 9).Select(call => scorer.ScoreAsync(All[(3 * call)..(3 * call + 3)], Token)));
            IReadOnlyList<ScoredArchitecture> again = await scorer.ScoreAsync(All, Token);

            scored.SelectMany(call => call).Select(one => (one.Architecture, one.Scores[0])).Should().Equal(again.Select(one => (one.Architecture, one.Scores[0])));
            again.Should().OnlyContain(one => one.FromStore && one.ScoreBy("logit-sum").Kind == ScoreKind.Finite);
            opened.Should().Be(1);
            store.IsDisposed.Should().BeFalse();
        }

        store.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public async Task ScoreAsync_AfterAnOpeningThatFailed_OpensAgain()
    {
        bool isLocked = true;
        NasBuilder builder = Searches.Tiny().AddProxy(FunctionProxy.Parameters());
        ((INasBuilder)builder).UseScoreStore(_ => isLocked ? throw new ScoreStoreException("Locked.") : ValueTask.FromResult<IScoreStore>(new InMemoryScoreStore()));
        await using ArchitectureScorer scorer = builder.BuildScorer();
        await scorer.Awaiting(one => one.ScoreAsync(All[..1], Token)).Should().ThrowAsync<ScoreStoreException>();
        (await scorer.ScoreAsync(All[..1], new CancellationToken(canceled: true))).Should().BeEmpty();
        isLocked = false;
        (await scorer.ScoreAsync(All[..1], Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task DisposeAsync_EndsTheCallsUnderWay_WhichReturnWhatTheyHave()
    {
        using var isReached = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        int calls = 0;
        ArchitectureScorer scorer = Searches.Tiny().WithWorkers(1).AddProxy(new FunctionProxy("slow", (_, _) =>
        {
            if (Interlocked.Increment(ref calls) == 3)
            {
                isReached.Set();
                mayGoOn.Wait(TimeSpan.FromSeconds(30));
            }

            return 1;
        })).BuildScorer();
        Task<IReadOnlyList<ScoredArchitecture>> scoring = scorer.ScoreAsync(All, Token);
        isReached.Wait(TimeSpan.FromSeconds(60), Token).Should().BeTrue();
        Task disposing = scorer.DisposeAsync().AsTask();
        mayGoOn.Set();
        await disposing;

        (await scoring).Should().HaveCountGreaterThanOrEqualTo(2).And.HaveCountLessThan(27);
        await scorer.DisposeAsync();
        await scorer.Awaiting(one => one.ScoreAsync(All, Token)).Should().ThrowAsync<ObjectDisposedException>();
    }
}

using RankNas.Core.Tests.Support;
using RankNas.Scores;

namespace RankNas.Core.Tests.Scoring;

/// <summary>Which stored scores a search takes: none by other numerics, and failed ones, unless it is told otherwise.</summary>
public class ScoreReuseTests
{
    private const string Other = "engine1-other-libtorch2.10.0-cpu";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScoresByOtherNumerics_AreNotTaken_AndANoticeSaysSo()
    {
        await using InMemoryScoreStore store = await StoreByOtherNumericsAsync(3);
        SearchResult result = await Search(store).Build().RunAsync(Token);

        result.History.Should().OnlyContain(scored => !scored.FromStore && scored.Scores[0] == Own(scored.Architecture.Text));
        result.Notices.Should().ContainSingle().Which.Should().Match<SearchNotice>(notice => notice.Code == "stored-scores-not-taken"
            && notice.Message.StartsWith($"The store has scores of 3 architectures by {Other}, which were computed again, since this process computes by engine2-", StringComparison.Ordinal));

        // Both are kept, apart, and the next search takes its own without a word.
        store.Count.Should().Be(3 + 4);
        SearchResult again = await Search(store).Build().RunAsync(Token);
        again.History.Should().OnlyContain(scored => scored.FromStore && scored.Scores[0] == Own(scored.Architecture.Text));
        again.Notices.Should().BeEmpty();
    }

    [Fact]
    public async Task ScoresByOtherNumerics_WhereAccepted_AreTaken_AndANoticeSaysSo()
    {
        await using InMemoryScoreStore store = await StoreByOtherNumericsAsync(3);
        SearchResult result = await Search(store).AcceptOtherNumerics().Build().RunAsync(Token);

        result.History.Select(scored => (scored.FromStore, scored.Scores[0].Value)).Should().Equal((true, 5), (true, 5), (true, 5), (false, Own("0-1-0").Value));
        result.Notices.Should().ContainSingle().Which.Should().Match<SearchNotice>(notice => notice.Code == "scores-of-other-numerics"
            && notice.Message.StartsWith($"Scores of 3 architectures are by {Other}, where this process computes by engine2-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scores_AreKeptUnderTheNumericsOfThisProcess_OrOfWhoeverAnswered()
    {
        await using var store = new InMemoryScoreStore();
        await Search(store).Build().RunAsync(Token);
        (await store.ReadAllAsync(Token).ToListAsync(Token)).Select(score => score.Key.Scope.Numerics).Distinct().Should().ContainSingle()
            .Which.Should().MatchRegex(@"^engine\d+-(avx512|avx2|neon|none)-libtorch[\d.]+(\+\w+)?-cpu$");

        await using var theirs = new InMemoryScoreStore();
        SearchResult result = await Search(theirs, Other).Build().RunAsync(Token);
        (await theirs.ReadAllAsync(Token).ToListAsync(Token)).Should().HaveCount(4).And.OnlyContain(score => score.Key.Scope.Numerics == Other);
        result.Notices.Should().ContainSingle(notice => notice.Code == "scores-of-other-numerics");
    }

    [Fact]
    public async Task FailedScores_AreTakenUnlessRetried_AndThenGiveWay()
    {
        await using var store = new InMemoryScoreStore();
        bool isBroken = true;
        int asked = 0;
        NasBuilder Search() => ScoreReuseTests.Search(store, scoreOf: (text, _) =>
        {
            asked++;
            return isBroken && text.EndsWith('1') ? Score.Failed("Broken.") : Own(text);
        });
        SearchResult first = await Search().Build().RunAsync(Token);
        first.History.Count(scored => scored.Scores[0].Failure == "Broken.").Should().Be(1);

        isBroken = false;
        (await Search().Build().RunAsync(Token)).History.Select(scored => scored.Scores[0]).Should().Equal(first.History.Select(scored => scored.Scores[0]));
        asked.Should().Be(4);

        SearchResult retried = await Search().RetryFailedScores().Build().RunAsync(Token);
        retried.History.Should().OnlyContain(scored => scored.Scores[0] == Own(scored.Architecture.Text));
        asked.Should().Be(5);

        (await Search().Build().RunAsync(Token)).History.Should().OnlyContain(scored => scored.FromStore && scored.Scores[0] == Own(scored.Architecture.Text));
        asked.Should().Be(5);
    }

    private static Score Own(string architecture) => Score.Of(architecture.Sum(letter => letter - '0'));

    private static NasBuilder Search(IScoreStore store, string? numerics = null, Func<string, string, Score>? scoreOf = null) => Searches.Tiny()
        .UseScoreStore(store).WithBudget(4).AddProxy(new ScriptedProxy("a"))
        .UseEvaluator(() => new ScriptedEvaluator(scoreOf ?? ((text, _) => Own(text))) { Numerics = numerics });

    private static async Task<InMemoryScoreStore> StoreByOtherNumericsAsync(int architectures)
    {
        await using var own = new InMemoryScoreStore();
        await Search(own).WithBudget(architectures).Build().RunAsync(Token);
        var store = new InMemoryScoreStore();
        await foreach (StoredScore score in own.ReadAllAsync(Token))
        {
            await store.AddAsync([new StoredScore(score.Key with { Scope = score.Key.Scope with { Numerics = Other } }, Score.Of(5), 1)], Token);
        }

        return store;
    }
}

using RankNas.Core.Tests.Support;
using RankNas.Evaluation.Tests.Support;
using RankNas.Graphs;
using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Evaluation.Tests.Correlation;

public class SearchResultViewsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankedBy_SomeProxies_RanksByTheseAlone()
    {
        SearchResult result = await TinyStudies.ExhaustiveAsync(Token, FunctionProxy.Parameters(), TinyStudies.Width());
        SearchResult alone = await TinyStudies.ExhaustiveAsync(Token, TinyStudies.Width());

        SearchResult ranked = result.RankedBy(["width"], new LogRankSum());

        ranked.Aggregator.Should().Be("log-rank-sum");
        ranked.Proxies.Select(proxy => proxy.Id).Should().Equal("width");
        ranked.Ranked.Select(one => one.Architecture).Should().Equal(alone.RankedBy(new LogRankSum()).Ranked.Select(one => one.Architecture));
    }

    [Fact]
    public async Task RankedBy_AProxyThatWasNotRun_SaysWhichWere()
    {
        SearchResult result = await TinyStudies.ExhaustiveAsync(Token, TinyStudies.Width());
        result.Invoking(one => one.RankedBy(["naswot"], new RankSum())).Should().Throw<ArgumentException>().WithMessage("There are no scores by 'naswot': there are by width.*");
        result.Invoking(one => one.RankedBy([], new RankSum())).Should().Throw<ArgumentException>().WithMessage("There is no proxy to rank by.*");
    }

    [Fact]
    public async Task SharedAmong_ArchitecturesOfTheSameNetworks_GivesEachTheScoresOfItsNetwork()
    {
        var space = new NatsTopologySpace();
        Architecture[] drawn = [.. Enumerable.Range(0, 60).Select(seed => space.Sample(new Random(seed))).Distinct()];
        SearchResult once = await NasBuilder.Create().UseSpace(space).AddLogSynFlow().AddParameterCount().WithBatchSize(2)
            .UseGivenArchitectures(drawn).WithBudget(drawn.Length).TreatEqualGraphsAsOne().Build().RunAsync(Token);

        SearchResult all = once.SharedAmong([.. drawn, drawn[0]], space, new NetworkShape(), new RankSum());

        all.History.Select(one => one.Architecture).Should().Equal(drawn);
        all.History.Should().OnlyContain(one => one.Scores.SequenceEqual(once.History.Single(own => own.Architecture.Equals(space.Canonicalize(one.Architecture))).Scores));
        all.History.Should().OnlyContain(one => one.RankBy("params") >= 1 && one.RankBy("params") <= drawn.Length);
        once.SharedAmong([space.Parse("|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|avg_pool_3x3~2|")], space, new NetworkShape(), new RankSum())
            .History.Should().BeEmpty();
    }
}

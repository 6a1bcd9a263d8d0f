using RankNas.Core.Tests.Support;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Results;

/// <summary>Results as data: made, changed, compared, written and read.</summary>
public class SearchResultDataTests
{
    private static readonly ProxyDescriptor[] Proxies =
        [new("naswot", "", ScoreDirection.HigherIsBetter), new("noise-immunity", "form=eta", ScoreDirection.LowerIsBetter)];

    [Fact]
    public void RankedBy_OfAResultMadeByHand_RanksAllOfIt()
    {
        SearchResult result = Made(3).RankedBy(new RankSum());

        result.Ranked.Select(scored => (scored.Rank, scored.Total, scored.Architecture.Text)).Should().Equal((1, 2, "a2"), (2, 4, "a1"), (3, 6, "a0"));
        result.Best.ScoreBy("naswot").Should().Be(Score.Of(2));
        result.Best.RankBy("noise-immunity").Should().Be(1);
        result.History.Select(scored => scored.Architecture.Text).Should().Equal("a0", "a1", "a2");
        result.RankedBy(new LogRankSum()).Aggregator.Should().Be("log-rank-sum");
    }

    [Fact]
    public void Equality_IsThatOfTheData()
    {
        Made(3).Should().Be(Made(3)).And.NotBeSameAs(Made(3));
        Made(3).GetHashCode().Should().Be(Made(3).GetHashCode());
        SearchResult[] others =
        [
            Made(2), Made(3).RankedBy(new RankSum()), Made(3) with { Seed = 8 }, Made(3) with { Notices = [new SearchNotice("code", "message")] },
            Made(3) with { Images = Made(3).Images with { Normalization = new ImageNormalization([0.5], [0.5]) } }, Made(3) with { End = SearchEnd.Cancelled },
            Made(3) with { Elapsed = TimeSpan.FromTicks(1) }, Made(3) with { History = [.. Made(3).History.Reverse()] },
        ];
        others.Should().NotContain(Made(3));
    }

    [Fact]
    public void Json_OfScoresOfEveryKind_GivesBackTheSame()
    {
        Score[] odd =
        [
            Score.Of(double.PositiveInfinity), Score.Of(double.NegativeInfinity), Score.Of(1.0 / 3), Score.Of(double.Epsilon), Score.Of(-double.MaxValue),
            Score.Of(double.NaN), Score.Failed("It \"broke\"\n\u001b[31m, 𝒯."), Score.Failed("No memory.", isTransient: true),
        ];
        SearchResult result = Made(odd.Length, row => odd[row]) with
        {
            Images = Made(1).Images with { Normalization = new ImageNormalization([0.25, 0.5], [1, 2.5]) },
            Constraints = ["at most 5"],
            StrategySettings = "patience=3",
            Precision = Precision.BFloat16,
            End = SearchEnd.Cancelled,
            Elapsed = TimeSpan.FromSeconds(1.5),
            Notices = [new SearchNotice("code", "message")],
            Settings = [new SearchSetting("aggregator", "rank-sum")],
        };

        foreach (SearchResult one in (SearchResult[])[result, result.RankedBy(new RankSum())])
        {
            SearchResult again = SearchResult.FromJson(one.ToJson());
            again.Should().Be(one);
            again.ToJson().Should().Be(one.ToJson());
            again.Ranked.Should().Equal(one.Ranked);
            again.Ranked[0].ScoreBy("naswot").Should().Be(one.Ranked[0].Scores[0]);
            again.History[0].Architecture.Genes.Should().Equal(one.History[0].Architecture.Genes);
        }
    }

    [Fact]
    public async Task Json_OfASearch_GivesBackTheSame_AndWithItsExperimentTheNetworks()
    {
        NasExperiment experiment = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseStrategy(new TakeFirst()).WithBudget(5).Build();
        SearchResult result = await experiment.RunAsync(TestContext.Current.CancellationToken);

        var plain = SearchResult.FromJson(result.ToJson());
        plain.Should().Be(result);
        plain.HasSearchSpace.Should().BeFalse();
        plain.TryGetCost(plain.Best, out _).Should().BeFalse();
        plain.ToText().Should().Contain("not known");
        plain.ToCsv().Should().Contain(plain.Best.Architecture.Text);
        plain.Invoking(one => one.BuildNetwork(one.Best)).Should().Throw<InvalidOperationException>().WithMessage("This result does not know the space*FromJson*");

        var known = SearchResult.FromJson(result.ToJson(), experiment);
        known.Should().Be(result);
        known.CostOf(known.Best).Should().Be(result.CostOf(result.Best));
        using nn.Module<Tensor, Tensor> first = result.BuildNetwork(result.Best), second = known.BuildNetwork(known.Best);
        first.parameters().Zip(second.parameters()).Should().OnlyContain(pair => pair.First.equal(pair.Second).all().item<bool>());

        NasExperiment other = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseStrategy(new TakeFirst()).WithSeed(3).Build();
        FluentActions.Invoking(() => SearchResult.FromJson(result.ToJson(), other)).Should().Throw<ArgumentException>()
            .WithMessage("The result is of another experiment: its seed is 0, and the experiment's is 3.*");
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("nonsense", "line 1")]
    [InlineData("null", "null")]
    [InlineData("[]", "line 1")]
    [InlineData("{}", "version")]
    [InlineData("{\"version\":1}", "result")]
    [InlineData("{\"version\":1,\"result\":null}", "$.result")]
    [InlineData("{\"version\":1,\"version\":1,\"result\":{}}", "version")]
    [InlineData("{\"version\":0,\"result\":@}", "its version is 0, and not 1")]
    [InlineData("{\"version\":99,\"what\":1}", "newer RankNas (format 99, this one knows 1): update RankNas")]
    [InlineData("{\"version\":1,\"result\":@,\"more\":1}", "more")]
    public void FromJson_OfWhatIsNoResult_SaysWhy(string json, string why) =>
        FluentActions.Invoking(() => SearchResult.FromJson(json.Replace("@", Inner(Made(2)), StringComparison.Ordinal)))
            .Should().Throw<InvalidDataException>().Which.Message.Should().Contain(why).And.NotContain("\n").And.EndWith(".");

    [Theory]
    [InlineData("\"budget\":5", "\"budget\":0", "its budget is 0")]
    [InlineData("\"rank\":1", "\"rank\":2", "the rank of a")]
    [InlineData("\"rank\":1", "\"rank\":0", "the rank of a")]
    [InlineData("\"total\":2", "\"total\":\"NaN\"", "the rank of a")]
    [InlineData("\"text\":\"a1\"", "\"text\":\"a0\"", "it has a0 twice")]
    [InlineData("\"text\":\"a1\"", "\"text\":\" \"", "white")]
    [InlineData("\"scores\":[1,-1]", "\"scores\":[1]", "a1 has 1 scores where there are 2 proxies")]
    [InlineData("\"scores\":[1,-1]", "\"scores\":[1,{\"failure\":\"\"}]", "A score is a number")]
    [InlineData("\"scores\":[1,-1]", "\"scores\":[1,1e999]", "A score is a number")]
    [InlineData("\"scores\":[1,-1]", "\"scores\":[1,{\"failure\":\"a\",\"failure\":\"b\"}]", "A score is a number")]
    [InlineData("\"ranks\":[1,1]", "\"ranks\":[1,\"Infinity\"]", "the rank of a")]
    [InlineData("\"seconds\":0.5", "\"seconds\":-1", "took no number of seconds")]
    [InlineData("\"precision\":\"Float32\"", "\"precision\":77", "its precision or its end is none")]
    [InlineData("\"height\":32", "\"height\":-3", "Height is -3")]
    [InlineData("\"normalization\":null", "\"normalization\":{\"mean\":[1],\"deviation\":[0]}", "standard deviations")]
    [InlineData("\"normalization\":null", "\"normalization\":{\"mean\":[1]}", "deviation")]
    [InlineData("\"normalization\":null", "\"normalization\":{\"mean\":null,\"deviation\":[1]}", "could not be converted")]
    [InlineData("\"direction\":\"HigherIsBetter\"", "\"direction\":\"\\u001b[31m\"", "direction")]
    public void FromJson_OfPartsThatDoNotFit_SaysWhich(string part, string instead, string why)
    {
        string json = Made(2).RankedBy(new RankSum()).ToJson();
        json.Should().Contain(part);
        FluentActions.Invoking(() => SearchResult.FromJson(json.Replace(part, instead, StringComparison.Ordinal)))
            .Should().Throw<InvalidDataException>().Which.Message.Should().Contain(why).And.StartWith("This is not the result of a search: ")
            .And.NotContain("\u001b").And.NotContain("\n");
    }

    [Fact]
    public void ToJson_OfPartsThatDoNotFit_Throws() =>
        (Made(2) with { Proxies = [Proxies[0]] }).Invoking(result => result.ToJson()).Should().Throw<InvalidOperationException>()
            .WithMessage("The result cannot be written: a0 has 2 scores where there are 1 proxies.");

    [Fact]
    public void Result_OfAWholeSpace_TakesFewMegabytes()
    {
        const int Architectures = 15_625;
        var space = new NatsTopologySpace(new NatsTopologyOptions { IncludeBroken = true });
        SearchResult unranked = Made(1) with
        {
            History = [.. Enumerable.Range(0, Architectures).Select(index => new ScoredArchitecture(space.FromIndex(index), [Score.Of(index * 0.1), Score.Of(-index)]))],
        };
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SearchResult result = unranked.RankedBy(new RankSum());
        int places = result.Ranked.Length;
        long taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        string json = result.ToJson();

        places.Should().Be(Architectures);
        taken.Should().BeLessThan(6_000_000);
        json.Length.Should().BeLessThan(8_000_000);
        SearchResult.FromJson(json).Should().Be(result);
        GC.KeepAlive(unranked);
    }

    private static string Inner(SearchResult result) => result.ToJson()["{\"version\":1,\"result\":".Length..^1];

    private static SearchResult Made(int architectures, Func<int, Score>? scoreOf = null) => new()
    {
        Space = "mine",
        Strategy = "by-hand",
        Aggregator = "rank-sum",
        Seed = 7,
        Budget = 5,
        Images = new ImagesUsed("two images", IsSynthetic: false, BatchSize: 2, Fingerprint: "abc"),
        Proxies = [.. Proxies],
        History =
        [
            .. Enumerable.Range(0, architectures).Select(row =>
                new ScoredArchitecture(new Architecture($"a{row}", [row, 1]), [scoreOf?.Invoke(row) ?? Score.Of(row), Score.Of(-row)])
                {
                    Seconds = 0.5,
                    FromStore = row > 0,
                }),
        ],
    };
}

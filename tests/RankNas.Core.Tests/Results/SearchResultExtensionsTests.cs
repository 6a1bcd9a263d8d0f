using System.Xml.Linq;
using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.Strategies;

namespace RankNas.Core.Tests.Results;

public class SearchResultExtensionsTests
{
    private const string HostileId = "<i>\"a\",b</i>";

    [Fact]
    public async Task ToHtml_HostileTexts_AreEscaped()
    {
        SearchResult result = await SearchAsync(3);

        string html = result.ToHtml(top: 2);

        var table = XElement.Parse(html);
        table.Name.LocalName.Should().Be("table");
        table.Descendants("script").Should().BeEmpty();
        table.Descendants("i").Should().BeEmpty();
        XElement[] rows = [.. table.Descendants("tr")];
        rows.Should().HaveCount(3);
        rows[0].Elements("th").Select(cell => cell.Value).Should().Equal("#", "architecture", "rank sum", HostileId, "rank", "parameters", "MACs");
        rows[1].Elements("td").Select(cell => cell.Value).Should().StartWith(["1", HostileSpace.Text.Replace("\u0001", "\\u{1}", StringComparison.Ordinal).Replace('\n', ' ') + "2", "1"]);
    }

    [Fact]
    public async Task ToHtml_NoCandidateWanted_Throws()
    {
        SearchResult result = await SearchAsync(1);
        FluentActions.Invoking(() => result.ToHtml(top: 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => result.ToCsv(top: 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task ToCsv_HostileTexts_AreQuoted_AndEveryDigitIsThere()
    {
        SearchResult result = await SearchAsync(2);

        string[] lines = result.ToCsv().Split("\r\n");

        lines.Should().HaveCount(4).And.EndWith("");
        lines[0].Should().Be("rank,architecture,rank-sum,\"<i>\"\"a\"\",b</i>\",\"<i>\"\"a\"\",b</i>-rank\",parameters,macs");
        lines[1].Should().Be($"1,\"{HostileSpace.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}1\",1,{1.0 / 3 + 1:R},1,993,5000");
    }

    [Fact]
    public async Task ToCsv_ScoresThatAreNotFinite_StayApart()
    {
        SearchResult result = await SearchAsync(3, text => text[^1] switch
        {
            '0' => Score.Of(double.NegativeInfinity),
            '1' => Score.Failed("It would not."),
            _ => Score.Of(7.25),
        });

        string[] lines = result.ToCsv().Split("\r\n");

        lines[1].Should().EndWith(",1,7.25,1,986,5000");
        lines[2].Should().EndWith(",2,-Infinity,2,1000,5000");
        lines[3].Should().EndWith(",3,,3,993,5000");
    }

    [Fact]
    public async Task Tables_NetworksThatCannotBeBuilt_HaveNoCostAndStillAnOrder()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new CountingSpace { HasNoCosts = true }).WithBatchSize(1)
            .AddProxy(new ScriptedProxy("a")).UseEvaluator(() => new ScriptedEvaluator((_, _) => Score.Failed("It would not.")))
            .UseStrategy(new TakeFirst()).WithBudget(2).Build().RunAsync(TestContext.Current.CancellationToken);

        result.ToCsv().Split("\r\n")[1].Should().Be("1,0,1.5,,1.5,,");
        result.ToText().Should().StartWith("Notice: The ranking means nothing: every score failed.").And.MatchRegex(@"1  0 .*failed.*failed\s+failed");
        result.ToMarkdown().Should().Contain("failed");
        result.ToHtml().Should().Contain(">failed<");
        result.TryGetCost(result.Best, out _).Should().BeFalse();
        result.Invoking(one => one.CostOf(one.Best)).Should().Throw<InvalidOperationException>().WithMessage("0 has no cost, as its network cannot be built or run: *Too odd.");
    }

    [Fact]
    public async Task ToCsv_Top_LimitsTheRows() =>
        (await SearchAsync(5)).ToCsv(top: 2).Split("\r\n").Should().HaveCount(4);

    [Fact]
    public async Task Ranked_HasTheStrategysChoiceFirst_AndThenAllThatItLeftOut()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new HostileSpace()).WithBatchSize(1).AddProxy(new ScriptedProxy("a"))
            .UseEvaluator(() => new ScriptedEvaluator((text, _) => Score.Of(text[^1] - '0'))).UseStrategy(new KeepOne())
            .Build().RunAsync(TestContext.Current.CancellationToken);

        result.Best.Should().Be(result.History[2]);
        result.Ranked.Select(candidate => (candidate.Rank, candidate.Scores[0].Value)).Should().Equal((1, 2), (2, 4), (3, 3), (4, 1), (5, 0));
        result.SearchSpace.Should().BeOfType<HostileSpace>();
        result.Images.Shape.Should().Be(new NetworkShape());
    }

    private static async Task<SearchResult> SearchAsync(int architectures, Func<string, Score>? scoreOf = null) =>
        await NasBuilder.Create().UseSpace(new HostileSpace()).WithBatchSize(1).AddProxy(new ScriptedProxy(HostileId))
            .UseEvaluator(() => new ScriptedEvaluator((text, _) => scoreOf?.Invoke(text) ?? Score.Of(1.0 / 3 + (text[^1] - '0'))))
            .UseStrategy(new TakeFirst()).WithBudget(architectures)
            .Build().RunAsync(TestContext.Current.CancellationToken);

    private sealed class KeepOne : ISearchStrategy
    {
        public string Id => "keep-one";

        public async Task<IReadOnlyList<ScoredArchitecture>> SearchAsync(ISearchContext context, CancellationToken cancellationToken = default) =>
            [(await context.EvaluateAsync([.. Enumerable.Range(0, 5).Select(index => context.Space.FromIndex(index))], cancellationToken))[2]];
    }
}

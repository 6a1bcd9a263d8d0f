using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Results;

public class ResultTablesTests
{
    [Fact]
    public void ToText_AlignsTextsLeftAndNumbersRight_UnderARule() => Lines(Made().ToText()).Should().Equal(
        "#  architecture  rank sum       up  rank   down  rank  parameters       MACs",
        "-  ------------  --------  -------  ----  -----  ----  ----------  ---------",
        "1  a|0                  3  1.23457     2  -0.25     1   not known  not known",
        "2  a|1                  4     1000     1  -0.75     3   not known  not known",
        "3  a|2                  5   failed     3   -0.5     2   not known  not known");

    [Fact]
    public void ToMarkdown_EscapesBars_AndSaysWhichColumnsAreNumbers() => Lines(Made().ToMarkdown(top: 1)).Should().Equal(
        "| # | architecture | rank sum |      up | rank |  down | rank | parameters |      MACs |",
        "|--:|--------------|---------:|--------:|-----:|------:|-----:|-----------:|----------:|",
        "| 1 | `a\\|0`       |        3 | 1.23457 |    2 | -0.25 |    1 |  not known | not known |");

    [Fact]
    public void ToHtml_AlignsNumbersRight() => Lines(Made().ToHtml(top: 1))[^3].Should().Be(
        "<tr><td align=\"right\">1</td><td>a|0</td><td align=\"right\">3</td><td align=\"right\">1.23457</td><td align=\"right\">2</td>"
        + "<td align=\"right\">-0.25</td><td align=\"right\">1</td><td align=\"right\">not known</td><td align=\"right\">not known</td></tr>");

    [Fact]
    public void ToCsv_HasEveryDigit() => Made().ToCsv(top: 1).Split("\r\n")[1].Should().Be("1,a|0,3,1.2345678901234567,2,-0.25,1,,");

    [Fact]
    public void ToString_NamesTheBest_WhereThereIsOne()
    {
        Made().ToString().Should().Be("3 architectures of mine, the best a|0");
        (Made() with { History = [] }).ToString().Should().Be("0 architectures of mine");
        (Made() with { History = [] }).Invoking(result => result.GetHashCode()).Should().NotThrow();
    }

    [Fact]
    public void RankedBy_ChangesTheAggregatorAmongTheSettings_AndNoOther() =>
        (Made() with { Settings = [new("seed", "7"), new("aggregator", "rank-sum"), new("budget", "5")] }).RankedBy(new LogRankSum()).Settings
            .Should().Equal(new SearchSetting("seed", "7"), new SearchSetting("aggregator", "log-rank-sum"), new SearchSetting("budget", "5"));

    [Fact]
    public void Null_IsRefusedByTheNameOfTheArgument()
    {
        SearchResult result = Made();
        (Action Act, string Name)[] calls =
        [
            (() => result.BuildNetwork(null!), "candidate"),
            (() => result.CostOf(null!), "candidate"),
            (() => result.TryGetCost(null!, out _), "candidate"),
            (() => result.RankedBy(null!), "aggregator"),
            (() => ((SearchResult)null!).ToText(), "result"),
            (() => ((SearchResult)null!).ToCsv(), "result"),
        ];
        Array.ForEach(calls, call => call.Act.Should().Throw<ArgumentNullException>().WithParameterName(call.Name));
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static SearchResult Made() => new SearchResult
    {
        Space = "mine",
        Strategy = "by-hand",
        Aggregator = "rank-sum",
        Seed = 7,
        Budget = 5,
        Images = new ImagesUsed("two images", IsSynthetic: false, BatchSize: 2, Fingerprint: "abc"),
        Proxies = [new ProxyDescriptor("up", "", ScoreDirection.HigherIsBetter), new ProxyDescriptor("down", "", ScoreDirection.HigherIsBetter)],
        History =
        [
            Row("a|0", Score.Of(1.2345678901234567), Score.Of(-0.25)), Row("a|1", Score.Of(1000), Score.Of(-0.75)), Row("a|2", Score.Failed("It would not."), Score.Of(-0.5)),
        ],
    }.RankedBy(new RankSum());

    private static ScoredArchitecture Row(string text, Score first, Score second) => new(new Architecture(text, []), [first, second]);
}

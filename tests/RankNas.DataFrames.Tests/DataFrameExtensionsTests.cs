using Microsoft.Data.Analysis;
using RankNas.Plotting.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;

namespace RankNas.DataFrames.Tests;

public class DataFrameExtensionsTests
{
    [Fact]
    public async Task ToDataFrame_HasARowForEachArchitecture_BestFirst_WithItsScoresRanksAndCosts()
    {
        double[] scores = [3, 1, 5, 4];
        SearchResult result = await ExampleResults.Topology(4, (place, proxy) => Score.Of(proxy == "a" ? scores[place] : 10 * scores[place]), "a", "b");
        DataFrame frame = result.ToDataFrame();

        frame.Columns.Select(column => column.Name).Should().Equal(
            "rank", "architecture", "rank-sum", "a", "a-rank", "b", "b-rank", "parameters", "macs", "evaluation", "seconds", "from-store", "failures");
        frame.Columns.Select(column => column.DataType).Should().Equal(
            typeof(long), typeof(string), typeof(double), typeof(double), typeof(double), typeof(double), typeof(double), typeof(long), typeof(long), typeof(long), typeof(double),
            typeof(bool), typeof(string));
        Values(frame, "rank").Should().Equal(1L, 2L, 3L, 4L);
        Values(frame, "architecture").Should().Equal(result.Ranked.Select(scored => scored.Architecture.Text));
        Values(frame, "rank-sum").Should().Equal(2.0, 4.0, 6.0, 8.0);
        Values(frame, "a").Should().Equal(5.0, 4.0, 3.0, 1.0);
        Values(frame, "b").Should().Equal(50.0, 40.0, 30.0, 10.0);
        Values(frame, "b-rank").Should().Equal(1.0, 2.0, 3.0, 4.0);
        Values(frame, "evaluation").Should().Equal(3L, 4L, 1L, 2L);
        Values(frame, "parameters").Should().Equal(result.Ranked.Select(scored => (object)result.CostOf(scored).Parameters));
        Values(frame, "macs").Should().Equal(result.Ranked.Select(scored => (object)result.CostOf(scored).Macs));
        Values(frame, "seconds").Should().Equal(0.5, 0.5, 0.5, 0.5);
        Values(frame, "from-store").Should().Equal(false, false, false, false);
        Values(frame, "failures").Should().HaveCount(4).And.OnlyContain(reason => reason == null);
    }

    [Fact]
    public async Task ToDataFrame_AFailedScore_IsNothing_WithItsReasonInWords_AndAnInfiniteOneStaysInfinite()
    {
        SearchResult result = await ExampleResults.Topology(3, (place, proxy) => place switch
        {
            0 => Score.Failed($"{proxy} would not."),
            1 => Score.Of(double.NegativeInfinity),
            _ => Score.Of(7),
        }, "a", "b");
        DataFrame frame = result.ToDataFrame();
        int failed = Values(frame, "evaluation").ToList().IndexOf(1L);
        int infinite = Values(frame, "evaluation").ToList().IndexOf(2L);

        frame["a"][failed].Should().BeNull();
        frame["failures"][failed].Should().Be("a: a would not.\nb: b would not.");
        frame["a"][infinite].Should().Be(double.NegativeInfinity);
        frame["failures"][infinite].Should().BeNull();
    }

    [Fact]
    public async Task ToDataFrame_AnObjective_HasAColumn()
    {
        SearchResult result = await ExampleResults.WithObjectives([3, 1, 5], Objectives.Parameters);
        DataFrame frame = result.ToDataFrame();
        Values(frame, result.Objectives[0].Id).Should().Equal(result.Ranked.Select(scored => (object)scored.Objectives[0])).And.OnlyContain(value => (double)value! > 0);
    }

    [Fact]
    public async Task ToDataFrame_OfAHistory_IsInTheOrderOfItsEvaluations()
    {
        double[] scores = [3, 1, 5];
        SearchResult result = await ExampleResults.Topology(3, (place, _) => Score.Of(scores[place]), "a");
        DataFrame frame = result.History.ToDataFrame();

        Values(frame, "a").Should().Equal(3.0, 1.0, 5.0);
        Values(frame, "rank").Should().Equal(2L, 3L, 1L);
        frame.Columns.Select(column => column.Name).Should().Equal("rank", "architecture", "total", "a", "a-rank", "seconds", "from-store", "failures");
    }

    [Fact]
    public async Task ToDataFrame_OfArchitecturesByOtherProxies_SaysWhichDiffer()
    {
        SearchResult one = await ExampleResults.Topology(1, (_, _) => Score.Of(1), "a");
        SearchResult other = await ExampleResults.Topology(1, (_, _) => Score.Of(1), "b");
        Action mix = () => one.History.Concat(other.History).ToDataFrame();
        mix.Should().Throw<ArgumentException>().WithMessage("*by [b], and those of *by [a]: a table needs the same known proxies for all its rows.*");

        Action unknown = () => one.History.Select(scored => scored with { Proxies = [] }).ToDataFrame();
        unknown.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task ToDataFrame_ANameThatIsTaken_EndsWithANumber()
    {
        SearchResult result = await ExampleResults.Topology(1, (_, _) => Score.Of(1), "parameters", "rank");
        result.ToDataFrame().Columns.Select(column => column.Name).Should().Contain(["rank", "rank-2", "rank-rank", "parameters", "parameters-2"]).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task ToDataFrame_OfNothing_HasColumnsAndNoRow()
    {
        DataFrame frame = (await ExampleResults.Empty()).ToDataFrame();
        frame.Rows.Count.Should().Be(0);
        frame.Columns.Select(column => column.Name).Should().Contain(["rank", "architecture", "a", "macs"]);
        Array.Empty<ScoredArchitecture>().ToDataFrame().Rows.Count.Should().Be(0);
    }

    [Fact]
    public async Task ToDataFrame_WithoutTheSpace_HasNoCosts()
    {
        SearchResult result = SearchResult.FromJson((await ExampleResults.Topology(2, (_, _) => Score.Of(1), "a")).ToJson());
        Values(result.ToDataFrame(), "parameters").Should().HaveCount(2).And.OnlyContain(cost => cost == null);
        Values(result.ToDataFrame(), "evaluation").Should().BeEquivalentTo([1L, 2L]);
    }

    private static IEnumerable<object?> Values(DataFrame frame, string column) => frame[column].Cast<object?>();
}

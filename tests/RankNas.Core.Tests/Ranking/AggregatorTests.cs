using System.Collections.Immutable;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Ranking;

public class AggregatorTests
{
    private static readonly ProxyDescriptor[] Proxies =
    [
        new("up", "", ScoreDirection.HigherIsBetter), new("down", "", ScoreDirection.LowerIsBetter),
    ];

    // Ranks by "up": 1, 2.5, 2.5, 4; by "down": 3, 1, 2, 4.
    private static readonly ScoreTable Table = new(Proxies,
    [
        Row("a", Score.Of(9), Score.Of(3)),
        Row("b", Score.Of(5), Score.Of(1)),
        Row("c", Score.Of(5), Score.Of(2)),
        Row("d", Score.Failed("No."), Score.Of(double.NegativeInfinity)),
    ]);

    [Fact]
    public void RankSum_AddsUpMeanRanks_AndPutsWhatIsNotFiniteLast() => new RankSum().Aggregate(Table).Should().Equal(4, 3.5, 4.5, 8);

    [Fact]
    public void LogRankSum_AddsUpLogarithmsOfRanksFromTheWorst() => new LogRankSum().Aggregate(Table).Should().SatisfyRespectively(
        a => a.Should().BeApproximately(-Math.Log(1) - Math.Log(2.0 / 4), 1e-12),
        b => b.Should().BeApproximately(-Math.Log(2.5 / 4) - Math.Log(1), 1e-12),
        c => c.Should().BeApproximately(-Math.Log(2.5 / 4) - Math.Log(3.0 / 4), 1e-12),
        d => d.Should().BeApproximately(-Math.Log(1.0 / 4) - Math.Log(1.0 / 4), 1e-12));

    [Fact]
    public void LogRankSum_LastByOneProxy_WeighsMoreThanMiddlingByBoth()
    {
        var table = new ScoreTable([Proxies[0], Proxies[0] with { Id = "up-too" }], [
            Row("uneven", Score.Of(9), Score.Of(1)), Row("even", Score.Of(5), Score.Of(5)), Row("other", Score.Of(1), Score.Of(9)),
        ]);

        Ranker.Rank(new LogRankSum(), table.Proxies, table.Rows)[0].Architecture.Text.Should().Be("even");
        new RankSum().Aggregate(table).Should().OnlyContain(total => total == 4);
    }

    [Fact]
    public void MaxNormalizedSum_DividesByTheLargestMagnitude_AndTakesTheWorstForWhatIsNotFinite() =>
        new MaxNormalizedSum().Aggregate(Table).Should().SatisfyRespectively(
            a => a.Should().BeApproximately(-1 + 1, 1e-12),
            b => b.Should().BeApproximately(-5.0 / 9 + 1.0 / 3, 1e-12),
            c => c.Should().BeApproximately(-5.0 / 9 + 2.0 / 3, 1e-12),
            d => d.Should().BeApproximately(-5.0 / 9 + 1, 1e-12));

    [Fact]
    public void MaxNormalizedSum_OfZerosAlone_IsZero() =>
        new MaxNormalizedSum().Aggregate(new ScoreTable(Proxies, [Row("a", Score.Of(0), Score.Of(0)), Row("b", Score.Of(0), Score.Of(0))])).Should().Equal(0, 0);

    [Fact]
    public void EveryAggregator_HasItsId_AndWantsATable()
    {
        IRankAggregator[] all = [new RankSum(), new LogRankSum(), new MaxNormalizedSum()];
        all.Select(aggregator => aggregator.Id).Should().Equal("rank-sum", "log-rank-sum", "max-normalized-sum");
        all.Should().AllSatisfy(aggregator => aggregator.Invoking(own => own.Aggregate(null!)).Should().Throw<ArgumentNullException>().WithParameterName("table"));
    }

    [Fact]
    public void Rank_ByAnAggregatorOfNoTotals_NamesItAndSaysWhatItGave()
    {
        Refusal(_ => throw new InvalidOperationException("It would not.")).Should().StartWith("The aggregator 'given' failed").And.Contain("It would not.");
        Refusal(_ => default).Should().Be("The aggregator 'given' gave 0 totals for 4 architectures.");
        Refusal(_ => [1, 2, 3]).Should().Be("The aggregator 'given' gave 3 totals for 4 architectures.");
        Refusal(_ => [1, 2, double.NaN, 4]).Should().Be("The aggregator 'given' gave NaN for c: a total is a number, the smallest the best.");

        static string Refusal(Func<ScoreTable, ImmutableArray<double>> aggregate) =>
            FluentActions.Invoking(() => Ranker.Rank(new Given(aggregate), Proxies, Table.Rows)).Should().Throw<SearchComponentException>().Which.Message;
    }

    [Fact]
    public void Rank_OrdersByTotal_KeepsTheOrderOfTies_AndCountsAnArchitectureOnce()
    {
        ImmutableArray<ScoredArchitecture> ranked = Ranker.Rank(new RankSum(), Proxies, [.. Table.Rows, Table.Rows[0]]);
        ranked.Select(candidate => candidate.Architecture.Text).Should().Equal("b", "a", "c", "d");
        ranked.Select(candidate => candidate.Rank).Should().Equal(1, 2, 3, 4);
        ranked[0].Ranks.Should().Equal(2.5, 1);
    }

    private static ScoredArchitecture Row(string name, params Score[] scores) => new(new Architecture(name, []), [.. scores]);

    private sealed class Given(Func<ScoreTable, ImmutableArray<double>> aggregate) : IRankAggregator
    {
        public string Id => "given";

        public ImmutableArray<double> Aggregate(ScoreTable table) => aggregate(table);
    }
}

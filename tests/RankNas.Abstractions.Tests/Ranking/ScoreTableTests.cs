using System.Collections.Immutable;
using CsCheck;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;

namespace RankNas.Abstractions.Tests.Ranking;

public class ScoreTableTests
{
    private static readonly ProxyDescriptor[] Proxies =
    [
        new("up", "", ScoreDirection.HigherIsBetter), new("down", "", ScoreDirection.LowerIsBetter),
    ];

    // Few different values, so that ties are many; the zeros of both signs are one value.
    private static readonly Gen<Score> Scores = Gen.Frequency(
        (6, Gen.Int[-4, 4].Select(value => Score.Of(value))),
        (1, Gen.Const(Score.Of(-0.0))),
        (3, Gen.Double.Select(Score.Of)),
        (1, Gen.Const(Score.Of(double.PositiveInfinity))),
        (1, Gen.Const(Score.Of(double.NegativeInfinity))),
        (1, Gen.Const(Score.Failed("It would not."))),
        (1, Gen.Const(Score.Failed("Another reason."))));

    [Fact]
    public void RanksOf_AnyScores_AreTheMeanRanksByTheirDefinition() =>
        Gen.Select(Scores, Scores).Array[0, 40].Sample(rows =>
        {
            ScoreTable table = TableOf(rows.Select(row => ImmutableArray.Create(row.Item1, row.Item2)));
            table.RanksOf(0).Should().Equal(rows.Select(row => NaiveRank(row.Item1, [.. rows.Select(other => other.Item1)], sign: -1)));
            table.RanksOf(1).Should().Equal(rows.Select(row => NaiveRank(row.Item2, [.. rows.Select(other => other.Item2)], sign: 1)));
        }, iter: 1000);

    [Fact]
    public void RanksOf_AnyScores_SumToTheSumOfPlaces() => Scores.Array[0, 200].Sample(scores =>
        TableOf(scores.Select(score => ImmutableArray.Create(score, score))).RanksOf(0).Sum().Should().Be(scores.Length * (scores.Length + 1) / 2.0), iter: 200);

    [Fact]
    public void RanksOf_WhatIsNotFinite_ComesLast_InfiniteBeforeFailed() =>
        TableOf(new[] { Score.Failed("No."), Score.Of(double.PositiveInfinity), Score.Of(-5), Score.Of(double.NegativeInfinity), Score.Of(7) }
            .Select(score => ImmutableArray.Create(score, score))).Should().Match<ScoreTable>(table =>
                table.RanksOf(0).SequenceEqual(new[] { 5, 3.5, 2, 3.5, 1 }) && table.RanksOf(1).SequenceEqual(new[] { 5, 3.5, 1, 3.5, 2 }));

    [Fact]
    public void RanksOf_AHundredThousandRows_AreTheirPlaces()
    {
        const int Rows = 100_000;
        int[] places = [.. Enumerable.Range(1, Rows)];
        new Random(1).Shuffle(places);
        ScoreTable table = TableOf(places.Select(place => ImmutableArray.Create(Score.Of(-place), Score.Of(place / 10))));
        table.RanksOf(0).SequenceEqual(places.Select(place => (double)place)).Should().BeTrue();

        // Ten to a value, nine to the smallest: places 1 … 9 share 5, 10 … 19 share 14.5, and the last one is alone.
        table.RanksOf(1).SequenceEqual(places.Select(place => place < 10 ? 5 : place == Rows ? Rows : 10 * (place / 10) + 4.5)).Should().BeTrue();
    }

    [Fact]
    public void RanksOf_ManyTimesTheSameScore_ShareTheMiddle() =>
        TableOf(Enumerable.Repeat(ImmutableArray.Create(Score.Of(1), Score.Failed("No.")), 100_001)).Should().Match<ScoreTable>(table =>
            table.RanksOf(0).All(rank => rank == 50_001) && table.RanksOf(1).All(rank => rank == 50_001));

    [Fact]
    public void ARow_WithTooFewScores_SaysWhich() =>
        FluentActions.Invoking(() => TableOf([[Score.Of(1), Score.Of(2)], [Score.Of(1)]])).Should().Throw<ArgumentException>()
            .WithMessage("row 1 has 1 scores where there are 2 proxies.*").WithParameterName("rows");

    [Fact]
    public void WithoutProxiesOrRows_Throws()
    {
        FluentActions.Invoking(() => new ScoreTable(null!, [])).Should().Throw<ArgumentNullException>().WithParameterName("proxies");
        FluentActions.Invoking(() => new ScoreTable(Proxies, null!)).Should().Throw<ArgumentNullException>().WithParameterName("rows");
    }

    private static ScoreTable TableOf(IEnumerable<ImmutableArray<Score>> rows) =>
        new(Proxies, [.. rows.Select((scores, row) => new ScoredArchitecture(new Architecture($"row {row}", []), scores))]);

    // One more than those before it, and half of its equals but itself.
    private static double NaiveRank(Score score, Score[] all, int sign)
    {
        int before = all.Count(other => Compare(other, score, sign) < 0);
        int equal = all.Count(other => Compare(other, score, sign) == 0);
        return 1 + before + (equal - 1) / 2.0;
    }

    private static int Compare(Score first, Score second, int sign) => (first.Kind, second.Kind) switch
    {
        (ScoreKind.Finite, ScoreKind.Finite) => sign * (first.Value < second.Value ? -1 : first.Value > second.Value ? 1 : 0),
        var (one, other) => Order(one) - Order(other),
    };

    private static int Order(ScoreKind kind) => kind switch { ScoreKind.Finite => 0, ScoreKind.Infinite => 1, _ => 2 };
}

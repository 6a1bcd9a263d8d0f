using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.Constraints;
using RankNas.Graphs;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class EveryStrategyTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 5, alleles: 4);

    public static TheoryData<string> Ids => BuiltIn.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_IsTheNameOnTheCommandLine(string id) => BuiltIn.Strategy(id).Id.Should().Be(id);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task WithoutAContext_Throws(string id) =>
        await FluentActions.Awaiting(() => BuiltIn.Strategy(id).RunAsync(null!)).Should().ThrowAsync<ArgumentNullException>().WithParameterName("context");

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ABudgetOfOne_GivesOneArchitecture(string id)
    {
        var context = new KnownContext(Grid, 1, new Random(1));
        (await BuiltIn.Strategy(id).RunAsync(context)).Should().Equal(context.Scored);
        context.Evaluations.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ABudgetBelowTheSpace_IsUsedUp_AndNotExceeded(string id)
    {
        var context = new KnownContext(Grid, 150, new Random(1));
        (await BuiltIn.Strategy(id).RunAsync(context)).Should().NotBeEmpty().And.OnlyHaveUniqueItems().And.BeSubsetOf(context.Scored);
        context.Evaluations.Should().Be(150);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Cancelling_EndsWithWhatThereIs(string id)
    {
        var context = new KnownContext(Grid, 500, new Random(1)) { CancelledAfter = 130 };
        (await BuiltIn.Strategy(id).RunAsync(context)).Should().NotBeEmpty().And.BeSubsetOf(context.Scored);
        context.Evaluations.Should().Be(130);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task CancelledBeforeTheFirstScore_GivesNothing(string id)
    {
        var context = new KnownContext(Grid, 500, new Random(1)) { CancelledAfter = 0 };
        (await BuiltIn.Strategy(id).RunAsync(context)).Should().BeEmpty();
        context.Asked.Should().HaveCountLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData("economics")]
    [InlineData("local")]
    [InlineData("bayesian")]
    [InlineData("pareto")]
    [InlineData("random")]
    public async Task ASearchThatIsOver_DrawsNothing(string id)
    {
        var context = new KnownContext(Grid, 500, new Random(1)) { CancelledAfter = 0 };
        await BuiltIn.Strategy(id).RunAsync(context);
        context.Asked.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ACancelledToken_OfACallerThatNoLongerWaits_EndsTheSearch(string id)
    {
        var context = new KnownContext(GridSpace.Of(20, 8), 500, new Random(1));
        (await BuiltIn.Strategy(id).SearchAsync(context, new CancellationToken(canceled: true))).Should().BeEmpty();
        context.Asked.Should().HaveCountLessThanOrEqualTo(1);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheSameSeed_GivesTheSameSearch(string id)
    {
        var once = new KnownContext(Grid, 300, new Random(5)) { ScoresOf = KnownScores.Mixed };
        var again = new KnownContext(Grid, 300, new Random(5)) { ScoresOf = KnownScores.Mixed };
        IReadOnlyList<Architecture> found = await BuiltIn.Strategy(id).RunAsync(once);
        (await BuiltIn.Strategy(id).RunAsync(again)).Should().Equal(found);
        again.Asked.SelectMany(asked => asked).Should().Equal(once.Asked.SelectMany(asked => asked));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("genetic")]
    [InlineData("annealing")]
    [InlineData("economics")]
    [InlineData("local")]
    [InlineData("bayesian")]
    [InlineData("pareto")]
    public async Task AnotherSeed_GivesAnotherSearch(string id)
    {
        var once = new KnownContext(Grid, 100, new Random(5));
        var again = new KnownContext(Grid, 100, new Random(6));
        await BuiltIn.Strategy(id).RunAsync(once);
        await BuiltIn.Strategy(id).RunAsync(again);
        again.Scored.Should().NotEqual(once.Scored);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task OneStrategy_ServesSeveralSearches(string id)
    {
        ISearchStrategy strategy = BuiltIn.Strategy(id);
        IReadOnlyList<Architecture> once = await strategy.RunAsync(new KnownContext(Grid, 200, new Random(5)));
        (await strategy.RunAsync(new KnownContext(Grid, 200, new Random(5)))).Should().Equal(once);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ASpaceTooLargeForAnIndex_IsSearched_OrRefusedByWhatGoesByIndex(string id)
    {
        var context = new KnownContext(GridSpace.Of(positions: 80, alleles: 10), 150, new Random(1))
        {
            ScoresOf = architecture => [.. KnownScores.Proxies.Select((_, proxy) => Score.Of(architecture.Genes[proxy] + architecture.Genes.Sum()))],
        };
        Task<IReadOnlyList<Architecture>> searching = BuiltIn.Strategy(id).RunAsync(context);
        if (id == "exhaustive")
        {
            await FluentActions.Awaiting(() => searching).Should().ThrowAsync<NotSupportedException>()
                .WithMessage("An exhaustive search goes by index, and grid has 1.0E+080 architectures: take UseRandomSearch(), or another strategy that draws.");
            return;
        }

        (await searching).Should().NotBeEmpty().And.BeSubsetOf(context.Scored);
        context.Evaluations.Should().Be(150);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task WithEveryScoreFailed_GivesArchitecturesAllTheSame(string id) =>
        await GivesWhatWasScored(id, _ => [.. KnownScores.Proxies.Select(_ => Score.Failed("It would not."))]);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task WithEveryScoreInfinite_GivesArchitecturesAllTheSame(string id) =>
        await GivesWhatWasScored(id, _ => [.. KnownScores.Proxies.Select(_ => Score.Of(double.NegativeInfinity))]);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task WithHalfTheScoresFailed_TheBestIsOneThatIsFinite(string id)
    {
        var context = new KnownContext(Grid, 200, new Random(1))
        {
            ScoresOf = architecture => architecture.Genes.Sum() % 2 == 0
                ? KnownScores.Separable()(architecture)
                : [.. KnownScores.Proxies.Select(_ => Score.Failed("It would not."))],
        };
        IReadOnlyList<ScoredArchitecture> found = await BuiltIn.Strategy(id).SearchAsync(context, TestContext.Current.CancellationToken);
        context.Rank(found)[0].Scores.Should().OnlyContain(score => score.Kind == ScoreKind.Finite);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task UnderAConstraint_ScoresOnlyWhatItAdmits_AndFindsTheBestOfIt(string id)
    {
        var low = new ConstrainedSearchSpace(Grid, new NetworkShape(), new LowSum());
        var context = new KnownContext(low, 500, new Random(1));
        IReadOnlyList<ScoredArchitecture> found = await BuiltIn.Strategy(id).SearchAsync(context, TestContext.Current.CancellationToken);
        context.Scored.Should().OnlyContain(architecture => architecture.Genes.Sum() <= 5);
        context.Rank(found)[0].Architecture.Should().Be(
            context.Rank([.. Grid.Viable.Where(low.IsViable).Select(architecture => new ScoredArchitecture(architecture, KnownScores.Separable()(architecture)))])[0].Architecture);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ASpaceOfOneViableArchitecture_GivesIt_AndEnds(string id)
    {
        Architecture only = Grid.Create(3, 1, 0, 2, 2);
        GridSpace single = GridSpace.Of(5, 4, only.Equals);
        var context = new KnownContext(single, 500, new Random(1));
        (await BuiltIn.Strategy(id).RunAsync(context)).Should().Equal(only);
        context.Asked.SelectMany(asked => asked).Should().Equal(only);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ASpaceOfOneArchitecture_GivesIt_AndEnds(string id)
    {
        GridSpace single = GridSpace.Of(3, 1);
        (await BuiltIn.Strategy(id).RunAsync(new KnownContext(single, 500, new Random(1)))).Should().Equal(single.FromIndex(0));
    }

    private static async Task GivesWhatWasScored(string id, Func<Architecture, ImmutableArray<Score>> scoresOf)
    {
        var context = new KnownContext(Grid, 200, new Random(1)) { ScoresOf = scoresOf };
        (await BuiltIn.Strategy(id).RunAsync(context)).Should().NotBeEmpty().And.OnlyHaveUniqueItems().And.BeSubsetOf(context.Scored);
        context.Evaluations.Should().Be(200);
    }

    private sealed class LowSum : IArchitectureConstraint
    {
        public string Description => "a sum of at most 5";

        public bool Admits(ConstraintCandidate candidate) => candidate.Architecture.Genes.Sum() <= 5;
    }
}

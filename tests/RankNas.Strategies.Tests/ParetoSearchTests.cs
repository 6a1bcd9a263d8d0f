using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class ParetoSearchTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 6, alleles: 5);

    [Fact]
    public async Task TwoHundredOf15625_CoverMoreOfTheFrontThanAtRandom()
    {
        double pareto = 0, random = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            pareto += VolumeOf(await new ParetoSearch().SearchAsync(Context(200, seed), TestContext.Current.CancellationToken));
            random += VolumeOf(await new RandomSearch().SearchAsync(Context(200, seed), TestContext.Current.CancellationToken));
        }

        pareto.Should().BeGreaterThan(1.05 * random);
    }

    [Fact]
    public async Task AnObjectiveWhoseHighValuesAreBetter_IsFollowedUpwards()
    {
        KnownContext Upwards(ScoreDirection direction) => new(Grid, 150, new Random(1))
        {
            Objectives = [new ObjectiveDescriptor("first", direction)],
            ObjectivesOf = architecture => [architecture.Genes.Sum()],
        };
        IReadOnlyList<ScoredArchitecture> up = await new ParetoSearch().SearchAsync(Upwards(ScoreDirection.HigherIsBetter), TestContext.Current.CancellationToken);
        IReadOnlyList<ScoredArchitecture> down = await new ParetoSearch().SearchAsync(Upwards(ScoreDirection.LowerIsBetter), TestContext.Current.CancellationToken);
        up.Max(one => one.Objectives[0]).Should().BeGreaterThan(down.Max(one => one.Objectives[0]));
        down.Min(one => one.Objectives[0]).Should().BeLessThan(up.Min(one => one.Objectives[0]));
    }

    [Fact]
    public async Task NoArchitecture_IsAskedForTwice_AndEachGenerationIsFull()
    {
        KnownContext context = Context(120, seed: 1);
        await new ParetoSearch(new ParetoSearchOptions { PopulationSize = 12 }).RunAsync(context);
        context.Asked.SelectMany(asked => asked).Should().OnlyHaveUniqueItems();
        context.Asked.Should().HaveCount(10).And.AllSatisfy(generation => generation.Should().HaveCount(12));
    }

    [Fact]
    public async Task WithoutCrossover_EveryChild_DiffersInOneGeneFromWhatWasScoredBefore()
    {
        KnownContext context = Context(60, seed: 2);
        await new ParetoSearch(new ParetoSearchOptions { PopulationSize = 12, CrossoverRate = 0 }).RunAsync(context);

        for (int generation = 1; generation < context.Asked.Count; generation++)
        {
            Architecture[] before = [.. context.Asked.Take(generation).SelectMany(asked => asked)];
            context.Asked[generation].Should().OnlyContain(child => before.Any(parent => parent.Genes.Zip(child.Genes).Count(pair => pair.First != pair.Second) == 1));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task WithCrossover_EveryChildIsOfTwo_AndMutatesByItsRate(double mutation)
    {
        var space = new RecordingSpace(Grid);
        await new ParetoSearch(new ParetoSearchOptions { PopulationSize = 12, CrossoverRate = 1, MutationRate = mutation }).RunAsync(Context(24, seed: 2, space));

        space.Crossed.Should().HaveCountGreaterThanOrEqualTo(12);
        space.Mutated.Should().HaveCount(mutation == 0 ? 0 : space.Crossed.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AParent_IsTheBetterOfTwoDrawn_ByItsFront_AndWithinOneByItsDistance(bool isOneFront)
    {
        const int Population = 12;
        var places = new List<int>();
        for (int seed = 0; seed < 100; seed++)
        {
            var space = new RecordingSpace(Grid);
            KnownContext context = OrderedContext(space, 2 * Population, seed, isOneFront);
            await new ParetoSearch(new ParetoSearchOptions { PopulationSize = Population, CrossoverRate = 0 }).RunAsync(context);
            Architecture[] order = isOneFront ? ByDistance(context.Rankings[0].Result) : [.. context.Rankings[0].Result.Select(one => one.Architecture)];
            places.AddRange(space.Mutated.Select(parent => Array.IndexOf(order, parent)));
        }

        // The mean of the smaller of two places from 0 to 11: (11² + 10² + … + 1²) / 12². Of one alone it would be 5.5.
        places.Average().Should().BeApproximately(506 / 144.0, 0.3);
    }

    [Fact]
    public async Task OfAFrontThatIsTooLarge_TheLonelySurvive()
    {
        const int Population = 12;
        var options = new ParetoSearchOptions { PopulationSize = Population, CrossoverRate = 0 };
        RecordingSpace once = new(Grid), longer = new(Grid);
        await new ParetoSearch(options).RunAsync(OrderedContext(once, 2 * Population, seed: 3, isOneFront: true));
        KnownContext context = OrderedContext(longer, 3 * Population, seed: 3, isOneFront: true);
        await new ParetoSearch(options).RunAsync(context);

        // The same seed makes the same first children; the parents of the next ones are survivors of both generations.
        longer.Mutated.Skip(once.Mutated.Count).Should().NotBeEmpty().And.BeSubsetOf(ByDistance(context.Rankings[1].Result).Take(Population));
    }

    [Fact]
    public async Task WhereNoChildIsNew_TheRestOfTheSpaceIsDrawn()
    {
        GridSpace islands = GridSpace.Of(4, 4, architecture => architecture.Genes.Distinct().Count() == 1);
        var context = new KnownContext(islands, budget: 1000, new Random(1));

        (await new ParetoSearch(new ParetoSearchOptions { PopulationSize = 2 }).RunAsync(context)).Should().BeEquivalentTo(islands.Viable);
        context.Asked.SelectMany(asked => asked).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task ASpaceThatIsUsedUp_EndsTheSearch()
    {
        GridSpace small = GridSpace.Of(positions: 3, alleles: 3);
        (await new ParetoSearch().RunAsync(new KnownContext(small, budget: 1000, new Random(1)))).Should().BeEquivalentTo(small.Viable);
    }

    [Fact]
    public void Options_AreChecked_AndHaveTheDocumentedDefaults()
    {
        new ParetoSearch().Options.Should().Be(new ParetoSearchOptions { PopulationSize = 20, CrossoverRate = 0.9, MutationRate = 0.5 });
        Refusal(nameof(ParetoSearchOptions.PopulationSize), () => new ParetoSearchOptions { PopulationSize = 1 }, "PopulationSize is 1: it must be at least 2.");
        Refusal(nameof(ParetoSearchOptions.CrossoverRate), () => new ParetoSearchOptions { CrossoverRate = 2 }, "CrossoverRate is 2: it must be from 0 to 1.");
        Refusal(nameof(ParetoSearchOptions.MutationRate), () => new ParetoSearchOptions { MutationRate = -1 }, "MutationRate is -1: it must be from 0 to 1.");
    }

    // Against a sum that is best where the scores are worst.
    private static KnownContext Context(int budget, int seed, ISearchSpace? space = null) => new(space ?? Grid, budget, new Random(seed))
    {
        Objectives = [new ObjectiveDescriptor("cost")],
        ObjectivesOf = CostOf,
    };

    // All proxies agree; against a cost that rises with the scores, no architecture beats another, and without it each beats the next.
    private static KnownContext OrderedContext(ISearchSpace space, int budget, int seed, bool isOneFront) => new(space, budget, new Random(seed))
    {
        ScoresOf = architecture => [.. KnownScores.Proxies.Select(proxy => Score.Of(CostOf(architecture)[0] * (proxy.Direction == ScoreDirection.HigherIsBetter ? 1 : -1)))],
        Objectives = isOneFront ? [new ObjectiveDescriptor("cost")] : [],
        ObjectivesOf = architecture => isOneFront ? CostOf(architecture) : [],
    };

    // The crowding distance by hand: neighbours by the total are neighbours by the cost, and the two at the ends are the loneliest.
    private static Architecture[] ByDistance(IReadOnlyList<ScoredArchitecture> ranked)
    {
        double Gap(int place, Func<ScoredArchitecture, double> value) =>
            Math.Abs(value(ranked[place + 1]) - value(ranked[place - 1])) / Math.Abs(value(ranked[^1]) - value(ranked[0]));

        double[] distances = [.. ranked.Select((_, place) => place == 0 || place == ranked.Count - 1
            ? double.PositiveInfinity
            : Gap(place, one => one.Total) + Gap(place, one => one.Objectives[0]))];
        return [.. ranked.Index().OrderByDescending(one => distances[one.Index]).Select(one => one.Item.Architecture)];
    }

    private static ImmutableArray<double> CostOf(Architecture architecture) => [KnownScores.Separable()(architecture)[0].Value];

    private static double VolumeOf(IReadOnlyList<ScoredArchitecture> scored) =>
        ParetoSet.Hypervolume([.. scored.Select(one => ImmutableArray.Create(-one.Scores[2].Value, one.Objectives[0]))], 0, 6);

    private static void Refusal(string option, Func<ParetoSearchOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);
}

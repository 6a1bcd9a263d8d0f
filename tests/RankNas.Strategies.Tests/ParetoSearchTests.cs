using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Ranking;
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
    private static KnownContext Context(int budget, int seed) => new(Grid, budget, new Random(seed))
    {
        Objectives = [new ObjectiveDescriptor("cost")],
        ObjectivesOf = CostOf,
    };

    private static ImmutableArray<double> CostOf(Architecture architecture) => [KnownScores.Separable()(architecture)[0].Value];

    private static double VolumeOf(IReadOnlyList<ScoredArchitecture> scored) =>
        ParetoSet.Hypervolume([.. scored.Select(one => ImmutableArray.Create(-one.Scores[2].Value, one.Objectives[0]))], 0, 6);

    private static void Refusal(string option, Func<ParetoSearchOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);
}

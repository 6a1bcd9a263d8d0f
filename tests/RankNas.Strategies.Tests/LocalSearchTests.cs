using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class LocalSearchTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 6, alleles: 5);

    [Fact]
    public async Task AHundredOf15625_AreEnoughToFindTheBest_InMostSearches()
    {
        Architecture best = KnownScores.BestOf(Grid);
        int hits = 0, ageing = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            hits += (await new LocalSearch().RunAsync(Context(100, seed))).Contains(best) ? 1 : 0;
            ageing += (await new AgingEvolution().RunAsync(Context(100, seed))).Contains(best) ? 1 : 0;
        }

        hits.Should().BeGreaterThan(25).And.BeGreaterThan(2 * ageing);
    }

    [Fact]
    public async Task NoArchitecture_IsAskedForTwice()
    {
        KnownContext context = Context(400, seed: 1);
        await new LocalSearch().RunAsync(context);
        context.Asked.SelectMany(asked => asked).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task WithoutCrossoverAndSecondMutation_EachOfTheBest_HasAChildThatDiffersInOneGene()
    {
        KnownContext context = Context(200, seed: 2);
        await new LocalSearch(new LocalSearchOptions { FirstSize = 9, Parents = 3, CrossoverRate = 0, SecondMutationRate = 0 }).RunAsync(context);
        context.Asked[0].Should().HaveCount(9);
        foreach (StrategyRun ranking in context.Rankings)
        {
            Architecture[] parents = [.. ranking.Result.Take(3).Select(scored => scored.Architecture)];
            ImmutableArray<Architecture> children = context.Asked[ranking.Asks];
            children.Should().HaveCount(3);
            for (int child = 0; child < 3; child++)
            {
                parents[child].Genes.Zip(children[child].Genes).Count(pair => pair.First != pair.Second).Should().Be(1);
            }

            if (ranking.Asks > 40)
            {
                break;
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Crossovers_AreWhatTheirRateSays(double rate)
    {
        var space = new RecordingSpace(Grid);
        var context = new KnownContext(space, budget: 15 + 4, new Random(2));
        await new LocalSearch(new LocalSearchOptions { FirstSize = 15, Parents = 4, CrossoverRate = rate, SecondMutationRate = 0 }).RunAsync(context);

        space.Crossed.Should().HaveCountGreaterThanOrEqualTo(rate == 0 ? 0 : 4);
        (rate == 0 ? space.Crossed.Count : space.Mutated.Count).Should().Be(0);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    public async Task ASpaceThatIsUsedUp_EndsTheSearch_ThoughParentsAlikeHaveNoNewCrossover(double crossover)
    {
        GridSpace small = GridSpace.Of(positions: 3, alleles: 3);
        var context = new KnownContext(small, budget: 1000, new Random(1));
        (await new LocalSearch(new LocalSearchOptions { FirstSize = 2, CrossoverRate = crossover }).RunAsync(context)).Should().BeEquivalentTo(small.Viable);
        context.Asked.Should().OnlyContain(asked => asked.Length > 0);
    }

    [Fact]
    public void Options_AreChecked_AndHaveTheDocumentedDefaults()
    {
        new LocalSearch().Options.Should().Be(new LocalSearchOptions { FirstSize = 15, Parents = 4, CrossoverRate = 0.4, SecondMutationRate = 0.4 });
        Refusal(nameof(LocalSearchOptions.FirstSize), () => new LocalSearchOptions { FirstSize = 0 }, "FirstSize is 0: it must be at least 1.");
        Refusal(nameof(LocalSearchOptions.Parents), () => new LocalSearchOptions { Parents = 1_000_001 }, "Parents is 1000001: it must be at most 1,000,000.");
        Refusal(nameof(LocalSearchOptions.CrossoverRate), () => new LocalSearchOptions { CrossoverRate = 1.1 }, "CrossoverRate is 1.1: it must be from 0 to 1.");
        Refusal(nameof(LocalSearchOptions.SecondMutationRate), () => new LocalSearchOptions { SecondMutationRate = -1 }, "SecondMutationRate is -1: it must be from 0 to 1.");
    }

    private static KnownContext Context(int budget, int seed) => new(Grid, budget, new Random(seed));

    private static void Refusal(string option, Func<LocalSearchOptions> create, string message) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*").WithParameterName(option);
}

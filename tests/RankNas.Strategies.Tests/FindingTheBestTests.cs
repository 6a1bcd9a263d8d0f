using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

/// <summary>Whole searches with many seeds, which take seconds; runs of mutation tests leave this file out.</summary>
public class FindingTheBestTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 6, alleles: 5);

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task AgingEvolution_FindsTheBestInATenthOfTheSpace_WithEverySeed()
    {
        Architecture best = KnownScores.BestOf(Grid);
        for (int seed = 0; seed < 100; seed++)
        {
            var context = new KnownContext(Grid, budget: 1562, new Random(seed)) { RemembersCalls = false };
            IReadOnlyList<Architecture> found = await new AgingEvolution(new AgingEvolutionOptions { Patience = 50 }).RunAsync(context);
            found.Should().Contain(best, $"the seed is {seed}");
        }
    }

    [Fact]
    public async Task SearchEconomics_FindsTheBestInATenthOfTheSpace_InMostSearches()
    {
        Architecture best = KnownScores.BestOf(Grid);
        int hits = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            var context = new KnownContext(Grid, budget: 1562, new Random(seed)) { RemembersCalls = false };
            hits += (await new SearchEconomics().RunAsync(context)).Contains(best) ? 1 : 0;
        }

        hits.Should().BeGreaterThan(40);
    }

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task BayesianSearch_FindsTheBestByEightyOf15625_MoreOftenThanLocalSearch()
    {
        Architecture best = KnownScores.BestOf(Grid);
        int hits = 0, local = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            hits += (await new BayesianSearch().RunAsync(new KnownContext(Grid, budget: 80, new Random(seed)))).Contains(best) ? 1 : 0;
            local += (await new LocalSearch().RunAsync(new KnownContext(Grid, budget: 80, new Random(seed)))).Contains(best) ? 1 : 0;
        }

        hits.Should().BeGreaterThan(20).And.BeGreaterThan(local);
    }
}

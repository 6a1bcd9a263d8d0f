using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.Proxies;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class GeneticSearchTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 5, alleles: 4);

    [Theory]
    [InlineData(100, 10)]
    [InlineData(31, 4)]
    public async Task EveryGeneration_HasTheSizeOfThePopulation(int population, int generations)
    {
        KnownContext context = Context(Grid, seed: 1);
        await Search(new GeneticSearchOptions { PopulationSize = population, Generations = generations }, context);
        context.Asked.Should().HaveCount(1 + generations).And.OnlyContain(asked => asked.Length == population);
        context.Asked[0].Should().OnlyHaveUniqueItems("the first generation is drawn without replacement");
    }

    [Fact]
    public async Task EveryChild_IsViable()
    {
        GridSpace sparse = GridSpace.Of(5, 4, architecture => architecture.Genes.Sum() % 3 == 0);
        KnownContext context = Context(sparse, seed: 2);
        await Search(new GeneticSearchOptions { MutationRate = 0.5 }, context);
        context.Asked.SelectMany(asked => asked).All(sparse.IsViable).Should().BeTrue();
    }

    [Theory]
    [InlineData(0.7, 0.08)]
    [InlineData(0.25, 0.6)]
    public async Task CrossoversAndMutations_AreAsFrequentAsTheirRates(double crossover, double mutation)
    {
        const int Searches = 20;
        const int Pairs = 50 * 10 * Searches;
        var space = new RecordingSpace(Grid);
        for (int seed = 0; seed < Searches; seed++)
        {
            await Search(new GeneticSearchOptions { CrossoverRate = crossover, MutationRate = mutation }, Context(space, seed));
        }

        ChiSquaredTest.OfRates([(space.Crossed.Count, Pairs, crossover), (space.Mutated.Count, 2 * Pairs, mutation)])
            .Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Fact]
    public async Task WithoutCrossoverAndMutation_TheBestTwoOfThree_SurviveAsTheyAre()
    {
        KnownContext context = Context(Grid, seed: 3);
        await Search(new GeneticSearchOptions { CrossoverRate = 0, MutationRate = 0 }, context);
        for (int generation = 1; generation < context.Asked.Count; generation++)
        {
            context.Asked[generation].Should().Equal(TournamentsOf(context, generation).SelectMany(BestTwo));
        }
    }

    [Fact]
    public async Task WithCrossover_TheBestTwoOfThree_AreTheParents()
    {
        var space = new RecordingSpace(Grid);
        KnownContext context = Context(space, seed: 4);
        await Search(new GeneticSearchOptions { CrossoverRate = 1, MutationRate = 1 }, context);
        space.Crossed.Select(pair => new[] { pair.First, pair.Second }).Should().BeEquivalentTo(
            Enumerable.Range(1, 10).SelectMany(generation => TournamentsOf(context, generation).Select(BestTwo)),
            options => options.WithStrictOrdering());
        space.Mutated.Should().HaveCount(1000);
    }

    [Fact]
    public async Task Tournaments_AreDrawnFromTheGenerationBefore()
    {
        KnownContext context = Context(Grid, seed: 5);
        await Search(new GeneticSearchOptions { TournamentSize = 4 }, context);
        for (int generation = 1; generation < context.Asked.Count; generation++)
        {
            TournamentsOf(context, generation, size: 4).Should().HaveCount(50)
                .And.OnlyContain(tournament => tournament.Architectures.All(context.Asked[generation - 1].Contains));
        }
    }

    [Fact]
    public async Task Tournaments_DrawEveryIndividualAlike()
    {
        const int Population = 20;
        var counts = new int[Population];
        for (int seed = 0; seed < 200; seed++)
        {
            KnownContext context = Context(Grid, seed);
            await Search(new GeneticSearchOptions { PopulationSize = Population, Generations = 1 }, context);
            foreach (Architecture drawn in TournamentsOf(context, 1).SelectMany(tournament => tournament.Architectures))
            {
                counts[context.Asked[0].IndexOf(drawn)]++;
            }
        }

        ChiSquaredTest.OfInclusion(counts, drawn: 3).Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task TheResult_IsTheBestByEachProxyOfEveryGeneration(int candidates)
    {
        KnownContext context = Context(Grid, seed: 6, KnownScores.Unrelated);
        IReadOnlyList<Architecture> found = await Search(new GeneticSearchOptions { CandidatesPerProxy = candidates }, context);
        found.Should().BeEquivalentTo(context.Asked
            .SelectMany(generation => Enumerable.Range(0, KnownScores.Proxies.Length).SelectMany(proxy => generation.Distinct()
                .OrderBy(architecture => KnownScores.Unrelated(architecture)[proxy].Value * Sign(proxy)).Take(candidates)))
            .Distinct());
    }

    [Fact]
    public async Task TheBest_IsFoundInMostSearches()
    {
        int hits = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            KnownContext context = Context(Grid, seed);
            IReadOnlyList<ScoredArchitecture> found =
                await new GeneticSearch().SearchAsync(context, TestContext.Current.CancellationToken);
            hits += context.Rank(found)[0].Architecture.Equals(KnownScores.BestOf(Grid)) ? 1 : 0;
        }

        hits.Should().BeGreaterThan(15);
    }

    [Fact]
    public async Task ASpaceSmallerThanThePopulation_IsScoredWhole()
    {
        GridSpace small = GridSpace.Of(3, 3);
        KnownContext context = Context(small, seed: 7);
        IReadOnlyList<Architecture> found = await Search(new GeneticSearchOptions(), context);
        context.Scored.Should().BeEquivalentTo(small.Viable);
        found.Should().Contain(KnownScores.BestOf(small));
    }

    private static KnownContext Context(ISearchSpace space, int seed, Func<Architecture, ImmutableArray<Score>>? scoresOf = null) =>
        new(space, 1_000_000, new Random(seed)) { ScoresOf = scoresOf ?? KnownScores.Separable() };

    private static Task<IReadOnlyList<Architecture>> Search(GeneticSearchOptions options, KnownContext context) =>
        new GeneticSearch(options).RunAsync(context);

    // Before a generation is asked for, the candidates of the one before are ranked, and then the tournaments.
    private static IEnumerable<StrategyRun> TournamentsOf(KnownContext context, int generation, int size = 3) =>
        context.Rankings.Where(ranking => ranking.Asks == generation).Skip(1).Where(ranking => ranking.Set.Count == size);

    // The rank sums are worked out here, of individuals, from their scores alone; one architecture may be drawn twice.
    private static Architecture[] BestTwo(StrategyRun tournament)
    {
        Architecture[] distinct = [.. tournament.Architectures.Distinct()
            .OrderBy(own => Enumerable.Range(0, KnownScores.Proxies.Length).Sum(proxy => RankOf(own, proxy)))];
        return [distinct[0], distinct[Math.Min(1, distinct.Length - 1)]];

        double RankOf(Architecture own, int proxy) => tournament.Set.DistinctBy(other => other.Architecture)
            .Count(other => other.Scores[proxy].Value * Sign(proxy) < ScoreOf(own, proxy) * Sign(proxy));

        double ScoreOf(Architecture own, int proxy) => tournament.Set.First(other => other.Architecture.Equals(own)).Scores[proxy].Value;
    }

    private static int Sign(int proxy) => KnownScores.Proxies[proxy].Direction == ScoreDirection.HigherIsBetter ? -1 : 1;
}

using System.Collections.Immutable;
using RankNas.Abstractions.Tests.Support;
using RankNas.SearchSpaces;
using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class AgingEvolutionTests
{
    private static readonly GridSpace Grid = GridSpace.Of(positions: 6, alleles: 5);

    [Fact]
    public async Task EveryTournament_IsAmongTheYoungest_AndItsBestTwoAreParents()
    {
        var options = new AgingEvolutionOptions { PopulationSize = 12, TournamentSize = 4, TournamentsPerStep = 2 };
        var context = new KnownContext(Grid, budget: 200, new Random(3));
        await new AgingEvolution(options).RunAsync(context);

        context.Asked[0].Should().HaveCount(12).And.OnlyHaveUniqueItems("the first generation is drawn without replacement");
        List<Architecture> born = [.. context.Asked[0]];
        for (int step = 1; step < context.Asked.Count - 1; step++)
        {
            Architecture[] alive = [.. born.TakeLast(12)];
            ImmutableArray<Architecture> children = context.Asked[step];
            children.Should().HaveCount(6);
            StrategyRun[] tournaments = [.. context.Rankings.Where(ranking => ranking.Asks == step)];
            tournaments.Should().HaveCount(2);
            for (int tournament = 0; tournament < 2; tournament++)
            {
                tournaments[tournament].Architectures.Should().HaveCount(4).And.BeSubsetOf(alive);
                Architecture first = tournaments[tournament].Result[0].Architecture;
                Architecture second = tournaments[tournament].Result[Math.Min(1, tournaments[tournament].Result.Count - 1)].Architecture;
                Differences(children[3 * tournament], first).Should().Be(1);
                Differences(children[(3 * tournament) + 1], second).Should().Be(1);
                children[(3 * tournament) + 2].Genes.Select((gene, position) => gene == first.Genes[position] || gene == second.Genes[position])
                    .Should().OnlyContain(inherited => inherited);
            }

            born.AddRange(children);
        }
    }

    [Fact]
    public async Task Tournaments_DrawEveryIndividualAlike()
    {
        const int Population = 12;
        var counts = new int[Population];
        for (int seed = 0; seed < 300; seed++)
        {
            var context = new KnownContext(Grid, budget: Population + 1, new Random(seed));
            await new AgingEvolution(new AgingEvolutionOptions { PopulationSize = Population, TournamentSize = 4, TournamentsPerStep = 1 }).RunAsync(context);
            foreach (Architecture drawn in context.Rankings[0].Architectures)
            {
                counts[context.Asked[0].IndexOf(drawn)]++;
            }
        }

        ChiSquaredTest.OfInclusion(counts, drawn: 4).Should().BeGreaterThan(ChiSquaredTest.Significance);
    }

    [Fact]
    public async Task SeveralStepsAtOnce_HaveParentsOfWhatWasScoredBefore_AndNoneOfThemIsLost()
    {
        const int Population = 12;
        const int AtOnce = 3;
        var context = new KnownContext(Grid, budget: 100, new Random(5));
        IReadOnlyList<Architecture> found = await new AgingEvolution(
            new AgingEvolutionOptions { PopulationSize = Population, TournamentSize = Population, TournamentsPerStep = 1, StepsAtOnce = AtOnce }).RunAsync(context);

        // A tournament of all is the population, of which the steps under way are no part yet.
        for (int step = 0; step < 20; step++)
        {
            context.Rankings[step].Architectures.Should().BeEquivalentTo(
                context.Asked.Take(1 + Math.Max(0, step + 1 - AtOnce)).SelectMany(asked => asked).TakeLast(Population), "step {0} was bred", step);
        }

        found.Should().BeEquivalentTo(context.Scored);
    }

    [Fact]
    public async Task ASpaceThatIsUsedUp_EndsTheSearchOncePatienceIs()
    {
        GridSpace small = GridSpace.Of(positions: 2, alleles: 3);
        var context = new KnownContext(small, budget: 1000, new Random(1));
        IReadOnlyList<Architecture> found = await new AgingEvolution(
            new AgingEvolutionOptions { PopulationSize = 5, Patience = 100 }).RunAsync(context);

        found.Should().HaveCount(9, "everything scored is the set");
        var seen = new HashSet<Architecture>();
        int[] withNews = [.. context.Asked.Index().Where(asked => asked.Item.Where(seen.Add).ToArray().Length > 0).Select(asked => asked.Index)];
        context.Asked.Should().HaveCount(withNews[^1] + 1 + 100);
    }

    private static int Differences(Architecture left, Architecture right) => left.Genes.Zip(right.Genes).Count(pair => pair.First != pair.Second);
}

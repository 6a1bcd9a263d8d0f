using RankNas.Strategies.Tests.Support;

namespace RankNas.Strategies.Tests;

public class StrategyBuilderExtensionsTests
{
    [Fact]
    public void UseRandomSearch_SetsIt() => StrategyOf(builder => builder.UseRandomSearch()).Should().BeOfType<RandomSearch>();

    [Fact]
    public void UseExhaustiveSearch_SetsIt() => StrategyOf(builder => builder.UseExhaustiveSearch()).Should().BeOfType<ExhaustiveSearch>();

    [Fact]
    public void UseGeneticSearch_SetsIt_WithItsOptions()
    {
        var options = new GeneticSearchOptions { PopulationSize = 12 };
        StrategyOf(builder => builder.UseGeneticSearch(options)).Should().BeOfType<GeneticSearch>().Which.Options.Should().BeSameAs(options);
        StrategyOf(builder => builder.UseGeneticSearch()).As<GeneticSearch>().Options.Should().Be(new GeneticSearchOptions());
    }

    [Fact]
    public void UseSimulatedAnnealing_SetsIt_WithItsOptions()
    {
        var options = new SimulatedAnnealingOptions { Neighbors = 3 };
        StrategyOf(builder => builder.UseSimulatedAnnealing(options)).Should().BeOfType<SimulatedAnnealing>().Which.Options.Should().BeSameAs(options);
        StrategyOf(builder => builder.UseSimulatedAnnealing()).As<SimulatedAnnealing>().Options.Should().Be(new SimulatedAnnealingOptions());
    }

    [Fact]
    public void UseAgingEvolution_SetsIt_WithItsOptions()
    {
        var options = new AgingEvolutionOptions { PopulationSize = 7 };
        StrategyOf(builder => builder.UseAgingEvolution(options)).Should().BeOfType<AgingEvolution>().Which.Options.Should().BeSameAs(options);
        StrategyOf(builder => builder.UseAgingEvolution()).As<AgingEvolution>().Options.Should().Be(new AgingEvolutionOptions());
    }

    [Fact]
    public void UseSearchEconomics_SetsIt_WithItsOptions()
    {
        var options = new SearchEconomicsOptions { Searchers = 2 };
        StrategyOf(builder => builder.UseSearchEconomics(options)).Should().BeOfType<SearchEconomics>().Which.Options.Should().BeSameAs(options);
        StrategyOf(builder => builder.UseSearchEconomics()).As<SearchEconomics>().Options.Should().Be(new SearchEconomicsOptions());
    }

    [Fact]
    public void UseParetoSearch_SetsIt_WithItsOptions()
    {
        var options = new ParetoSearchOptions { PopulationSize = 8 };
        StrategyOf(builder => builder.UseParetoSearch(options)).Should().BeOfType<ParetoSearch>().Which.Options.Should().BeSameAs(options);
        StrategyOf(builder => builder.UseParetoSearch()).As<ParetoSearch>().Options.Should().Be(new ParetoSearchOptions());
    }

    [Fact]
    public void UseBayesianSearch_SetsIt_WithItsOptions()
    {
        var options = new BayesianSearchOptions { StepSize = 2 };
        StrategyOf(builder => builder.UseBayesianSearch(options)).Should().BeOfType<BayesianSearch>().Which.Options.Should().BeSameAs(options);
        StrategyOf(builder => builder.UseBayesianSearch()).As<BayesianSearch>().Options.Should().Be(new BayesianSearchOptions());
    }

    [Fact]
    public void UseLocalSearch_SetsIt_WithItsOptions()
    {
        var options = new LocalSearchOptions { Parents = 2 };
        StrategyOf(builder => builder.UseLocalSearch(options)).Should().BeOfType<LocalSearch>().Which.Options.Should().BeSameAs(options);
        StrategyOf(builder => builder.UseLocalSearch()).As<LocalSearch>().Options.Should().Be(new LocalSearchOptions());
    }

    private static ISearchStrategy? StrategyOf(Func<StrategyHolder, StrategyHolder> use)
    {
        var builder = new StrategyHolder();
        use(builder).Should().BeSameAs(builder, "the chain of calls goes on");
        return builder.Strategy;
    }
}

using RankNas.SearchSpaces;
using RankNas.Strategies;

namespace RankNas;

/// <summary>The built-in strategies on the builder.</summary>
public static class StrategyBuilderExtensions
{
    /// <summary>Random search: <see cref="RandomSearch"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder UseRandomSearch<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Set(builder, new RandomSearch());

    /// <summary>Scores the whole space, until the budget is used up: <see cref="ExhaustiveSearch"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static TBuilder UseExhaustiveSearch<TBuilder>(this TBuilder builder)
        where TBuilder : INasBuilder => Set(builder, new ExhaustiveSearch());

    /// <summary>Searches by a genetic algorithm: <see cref="GeneticSearch"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the authors' if null.</param>
    public static TBuilder UseGeneticSearch<TBuilder>(this TBuilder builder, GeneticSearchOptions? options = null)
        where TBuilder : INasBuilder => Set(builder, new GeneticSearch(options));

    /// <summary>Searches by simulated annealing: <see cref="SimulatedAnnealing"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the authors' if null.</param>
    public static TBuilder UseSimulatedAnnealing<TBuilder>(this TBuilder builder, SimulatedAnnealingOptions? options = null)
        where TBuilder : INasBuilder => Set(builder, new SimulatedAnnealing(options));

    /// <summary>Searches by aging evolution: <see cref="AgingEvolution"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder UseAgingEvolution<TBuilder>(this TBuilder builder, AgingEvolutionOptions? options = null)
        where TBuilder : INasBuilder => Set(builder, new AgingEvolution(options));

    /// <summary>Searches by search economics: <see cref="SearchEconomics"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder UseSearchEconomics<TBuilder>(this TBuilder builder, SearchEconomicsOptions? options = null)
        where TBuilder : INasBuilder => Set(builder, new SearchEconomics(options));

    /// <summary>Searches locally, for few evaluations: <see cref="LocalSearch"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder UseLocalSearch<TBuilder>(this TBuilder builder, LocalSearchOptions? options = null)
        where TBuilder : INasBuilder => Set(builder, new LocalSearch(options));

    /// <summary>Searches by Bayesian optimisation, for few evaluations: <see cref="BayesianSearch"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder UseBayesianSearch<TBuilder>(this TBuilder builder, BayesianSearchOptions? options = null)
        where TBuilder : INasBuilder => Set(builder, new BayesianSearch(options));

    /// <summary>Searches for the Pareto front of the rank and the objectives that were added, by NSGA-II: <see cref="ParetoSearch"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The settings; the defaults if null.</param>
    public static TBuilder UseParetoSearch<TBuilder>(this TBuilder builder, ParetoSearchOptions? options = null)
        where TBuilder : INasBuilder => Set(builder, new ParetoSearch(options));

    /// <summary>Scores given architectures: <see cref="GivenArchitectures"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="architectures">The architectures of the space, in the order in which they are scored.</param>
    public static TBuilder UseGivenArchitectures<TBuilder>(this TBuilder builder, params IEnumerable<Architecture> architectures)
        where TBuilder : INasBuilder => Set(builder, new GivenArchitectures(architectures));

    private static TBuilder Set<TBuilder>(TBuilder builder, ISearchStrategy strategy)
        where TBuilder : INasBuilder
    {
        builder.UseStrategy(strategy);
        return builder;
    }
}

using RankNas.SearchSpaces;

namespace RankNas.Strategies.Tests.Support;

/// <summary>The built-in strategies by their ids, with default settings or with small ones.</summary>
internal static class BuiltIn
{
    public static TheoryData<string> Ids { get; } = ["random", "exhaustive", "genetic", "annealing", "ageing", "economics", "local", "bayesian", "pareto"];

    public static ISearchStrategy Strategy(string id) => id switch
    {
        "random" => new RandomSearch(),
        "exhaustive" => new ExhaustiveSearch(),
        "genetic" => new GeneticSearch(),
        "annealing" => new SimulatedAnnealing(),
        "ageing" => new AgingEvolution(),
        "economics" => new SearchEconomics(),
        "local" => new LocalSearch(),
        "bayesian" => new BayesianSearch(),
        "pareto" => new ParetoSearch(),
        _ => throw new ArgumentOutOfRangeException(nameof(id)),
    };

    public static ISearchStrategy SmallStrategy(string id) => id switch
    {
        "genetic" => new GeneticSearch(new GeneticSearchOptions { PopulationSize = 7, Generations = 3, MutationRate = 0.2 }),
        "annealing" => new SimulatedAnnealing(new SimulatedAnnealingOptions
        {
            CoolingRate = 0.3,
            IterationsPerTemperature = 2,
            Neighbors = 3,
            Beta = 0.2,
        }),
        "ageing" => new AgingEvolution(new AgingEvolutionOptions { PopulationSize = 6, TournamentSize = 3, TournamentsPerStep = 2, Patience = 20 }),
        "economics" => new SearchEconomics(new SearchEconomicsOptions { Searchers = 2, Regions = 3, TournamentSize = 2, MutationRate = 0.6, Patience = 20 }),
        "local" => new LocalSearch(new LocalSearchOptions { FirstSize = 4, Parents = 2 }),
        "bayesian" => new BayesianSearch(new BayesianSearchOptions { FirstSize = 4, StepSize = 2, Candidates = 20 }),
        "pareto" => new ParetoSearch(new ParetoSearchOptions { PopulationSize = 6 }),
        _ => Strategy(id),
    };

    public static async Task<IReadOnlyList<Architecture>> RunAsync(this ISearchStrategy strategy, ISearchContext context) =>
        [.. (await strategy.SearchAsync(context, TestContext.Current.CancellationToken)).Select(scored => scored.Architecture)];
}

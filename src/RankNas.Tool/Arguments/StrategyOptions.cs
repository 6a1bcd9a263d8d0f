using System.CommandLine;

namespace RankNas.Tool.Arguments;

/// <summary>The strategies by name, with every option of each.</summary>
internal sealed class StrategyOptions(Func<ParseResult, string?> byDefault)
{
    private static readonly GeneticSearchOptions Genetic = new();
    private static readonly SimulatedAnnealingOptions Annealing = new();
    private static readonly AgeingEvolutionOptions Ageing = new();

    private readonly ChoiceOption _strategy = new("--strategy", "The search strategy", null, "random", "genetic", "annealing", "ageing", "exhaustive");
    private readonly NumberOption<int> _population = new(
        "--population", $"genetic, ageing: individuals alive at once; for ageing {Ageing.PopulationSize} by default.", Genetic.PopulationSize, 2);

    private readonly NumberOption<int> _generations = new("--generations", "genetic: generations bred.", Genetic.Generations, 1);
    private readonly NumberOption<double> _crossover = new("--crossover-rate", "genetic: probability that parents cross.", Genetic.CrossoverRate, 0, 1);
    private readonly NumberOption<double> _mutation = new("--mutation-rate", "genetic: probability that a child mutates.", Genetic.MutationRate, 0, 1);
    private readonly NumberOption<int> _tournament = new("--tournament", "ageing: how many are drawn to find two parents among.", Ageing.TournamentSize, 2);
    private readonly NumberOption<double> _initial = new("--initial-temperature", "annealing: Ψ at the start.", Annealing.InitialTemperature, 0);
    private readonly NumberOption<double> _final = new("--final-temperature", "annealing: τ, at which it ends.", Annealing.FinalTemperature, 0);
    private readonly NumberOption<double> _cooling = new("--cooling-rate", "annealing: r, by which Ψ falls.", Annealing.CoolingRate, 0, 1);
    private readonly NumberOption<int> _iterations = new("--iterations", "annealing: I, iterations at a temperature.", Annealing.IterationsPerTemperature, 1);
    private readonly NumberOption<int> _neighbors = new("--neighbors", "annealing: N, neighbours an iteration.", Annealing.Neighbors, 1);
    private readonly NumberOption<double> _alpha = new("--alpha", "annealing: α of the acceptance exp(−αΔE/Ψ).", Annealing.Alpha, 0);
    private readonly NumberOption<double> _beta = new("--beta", "annealing: β, the share of candidates that H keeps.", Annealing.Beta, 0);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_strategy, _population, _generations, _crossover, _mutation, _tournament,
            _initial, _final, _cooling, _iterations, _neighbors, _alpha, _beta])
        {
            command.Options.Add(option);
        }
    }

    public ISearchStrategy Create(ParseResult parsed)
    {
        try
        {
            return (parsed.GetValue(_strategy) ?? byDefault(parsed)) switch
            {
                "random" => new RandomSearch(),
                "exhaustive" => new ExhaustiveSearch(),
                "genetic" => new GeneticSearch(new GeneticSearchOptions
                {
                    PopulationSize = parsed.GetValue(_population),
                    Generations = parsed.GetValue(_generations),
                    CrossoverRate = parsed.GetValue(_crossover),
                    MutationRate = parsed.GetValue(_mutation),
                }),
                "annealing" => new SimulatedAnnealing(new SimulatedAnnealingOptions
                {
                    InitialTemperature = parsed.GetValue(_initial),
                    FinalTemperature = parsed.GetValue(_final),
                    CoolingRate = parsed.GetValue(_cooling),
                    IterationsPerTemperature = parsed.GetValue(_iterations),
                    Neighbors = parsed.GetValue(_neighbors),
                    Alpha = parsed.GetValue(_alpha),
                    Beta = parsed.GetValue(_beta),
                }),
                "ageing" => new AgeingEvolution(new AgeingEvolutionOptions
                {
                    PopulationSize = parsed.GetResult(_population) is { Implicit: false } ? parsed.GetValue(_population) : Ageing.PopulationSize,
                    TournamentSize = parsed.GetValue(_tournament),
                }),
                _ => throw new UsageException(
                    "--strategy is missing: write --strategy random, --strategy genetic, --strategy annealing, --strategy ageing or --strategy exhaustive."),
            };
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }
    }
}

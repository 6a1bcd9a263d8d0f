using System.Numerics;
using RankNas.Strategies;

namespace RankNas.Tool.Arguments;

/// <summary>The strategies by name, with every option of each.</summary>
internal sealed class StrategyOptions(Func<ParseResult, string?> byDefault)
{
    private static readonly GeneticSearchOptions Genetic = new();
    private static readonly SimulatedAnnealingOptions Annealing = new();
    private static readonly AgingEvolutionOptions Ageing = new();
    private static readonly SearchEconomicsOptions Economics = new();
    private static readonly LocalSearchOptions Local = new();
    private static readonly BayesianSearchOptions Bayesian = new();
    private static readonly ParetoSearchOptions Pareto = new();

    private readonly ChoiceOption _strategy = new("--strategy", "The search strategy", null, "random", "genetic", "annealing", "ageing", "economics", "local", "bayesian", "pareto", "exhaustive");
    private readonly NumberOption<int> _population = new(
        "--population", $"genetic, ageing, pareto: individuals alive at once; for ageing {Ageing.PopulationSize} and for pareto {Pareto.PopulationSize} by default; local, bayesian: drawn at first, {Local.FirstSize} and {Bayesian.FirstSize} by default.", Genetic.PopulationSize, 2, 1_000_000);

    private readonly NumberOption<int> _generations = new("--generations", "genetic: generations bred.", Genetic.Generations, 1, 1_000_000);
    private readonly NumberOption<double> _crossover = new("--crossover-rate", $"genetic, local, bayesian, pareto: probability that parents cross; {Local.CrossoverRate} for local, {Bayesian.CrossoverRate} for bayesian and {Pareto.CrossoverRate} for pareto by default.", Genetic.CrossoverRate, 0, 1);
    private readonly NumberOption<double> _mutation = new("--mutation-rate", $"genetic, economics, pareto: probability that a child mutates; for economics {Economics.MutationRate} and for pareto {Pareto.MutationRate} by default; local: that a mutant mutates once more, {Local.SecondMutationRate} by default.", Genetic.MutationRate, 0, 1);
    private readonly NumberOption<int> _tournament = new("--tournament", $"ageing: how many are drawn to find two parents among; economics: how many regions, {Economics.TournamentSize} by default.", Ageing.TournamentSize, 1, 1_000_000);
    private readonly NumberOption<int> _stepsAtOnce = new("--steps-at-once", "ageing: steps of a dozen children that are scored at once, for many workers.", Ageing.StepsAtOnce, 1, 1_000_000);
    private readonly NumberOption<double> _initial = new("--initial-temperature", "annealing: Ψ at the start.", Annealing.InitialTemperature, 0, 1e9);
    private readonly NumberOption<double> _final = new("--final-temperature", "annealing: τ, at which it ends.", Annealing.FinalTemperature, 0, 1e9);
    private readonly NumberOption<double> _cooling = new("--cooling-rate", "annealing: r, by which Ψ falls.", Annealing.CoolingRate, 0, 1);
    private readonly NumberOption<int> _iterations = new("--iterations", "annealing: I, iterations at a temperature.", Annealing.IterationsPerTemperature, 1, 1_000_000);
    private readonly NumberOption<int> _neighbors = new("--neighbors", "annealing: N, neighbours an iteration.", Annealing.Neighbors, 1, 1_000_000);
    private readonly NumberOption<double> _alpha = new("--alpha", "annealing: α of the acceptance exp(−αΔE/Ψ).", Annealing.Alpha, 0, 1e9);
    private readonly NumberOption<double> _beta = new("--beta", "annealing: β, the share of candidates that H keeps.", Annealing.Beta, 0, 1e9);

    private readonly NumberOption<int> _searchers = new("--searchers", "economics: n, searchers.", Economics.Searchers, 1, 1_000);
    private readonly NumberOption<int> _regions = new("--regions", "economics: h, parts of the space.", Economics.Regions, 1, 1_000);
    private readonly NumberOption<int> _goods = new("--goods", "economics: w, the best architectures that a region holds.", Economics.GoodsPerRegion, 1, 1_000);

    private readonly NumberOption<int> _parents = new("--parents", $"local: how many of the best have a child each step; bayesian: how many have candidates, {Bayesian.Parents} by default.", Local.Parents, 1, 1_000_000);

    private readonly NumberOption<int> _stepSize = new("--step-size", "bayesian: how many architectures a step scores, at least one for each worker.", Bayesian.StepSize, 1, 1_000_000);
    private readonly NumberOption<int> _candidates = new("--candidates", "bayesian: how many new architectures a step chooses from.", Bayesian.Candidates, 1, 100_000);
    private readonly NumberOption<double> _random = new("--random-rate", "bayesian: the share of candidates that are drawn from the whole space.", Bayesian.RandomRate, 0, 1);
    private readonly NumberOption<double> _length = new("--length-scale", "bayesian: the share of genes in which two differ that correlate by 1/e.", Bayesian.LengthScale, 0, 1e9);
    private readonly NumberOption<double> _noise = new("--noise-variance", "bayesian: the variance of the noise of the Gaussian process.", Bayesian.Noise, 0, 1e9);
    private readonly NumberOption<int> _fitted = new("--most-fitted", "bayesian: how many of the best the Gaussian process is fitted to.", Bayesian.MostFitted, 2, 5_000);

    public void AddTo(ToolCommand command) => command
        .AddGroup(ToolCommand.SearchGroup, _strategy)
        .AddGroup(ToolCommand.StrategyGroup, _population, _generations, _crossover, _mutation, _tournament, _stepsAtOnce,
            _initial, _final, _cooling, _iterations, _neighbors, _alpha, _beta, _searchers, _regions, _goods, _parents,
            _stepSize, _candidates, _random, _length, _noise, _fitted);

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
                "ageing" => new AgingEvolution(new AgingEvolutionOptions
                {
                    PopulationSize = GivenOr(parsed, _population, Ageing.PopulationSize),
                    TournamentSize = parsed.GetValue(_tournament),
                    StepsAtOnce = parsed.GetValue(_stepsAtOnce),
                }),
                "economics" => new SearchEconomics(new SearchEconomicsOptions
                {
                    Searchers = parsed.GetValue(_searchers),
                    Regions = parsed.GetValue(_regions),
                    GoodsPerRegion = parsed.GetValue(_goods),
                    TournamentSize = GivenOr(parsed, _tournament, Economics.TournamentSize),
                    MutationRate = GivenOr(parsed, _mutation, Economics.MutationRate),
                }),
                "local" => new LocalSearch(new LocalSearchOptions
                {
                    FirstSize = GivenOr(parsed, _population, Local.FirstSize),
                    Parents = parsed.GetValue(_parents),
                    CrossoverRate = GivenOr(parsed, _crossover, Local.CrossoverRate),
                    SecondMutationRate = GivenOr(parsed, _mutation, Local.SecondMutationRate),
                }),
                "bayesian" => new BayesianSearch(new BayesianSearchOptions
                {
                    FirstSize = GivenOr(parsed, _population, Bayesian.FirstSize),
                    StepSize = parsed.GetValue(_stepSize),
                    Candidates = parsed.GetValue(_candidates),
                    Parents = GivenOr(parsed, _parents, Bayesian.Parents),
                    RandomRate = parsed.GetValue(_random),
                    CrossoverRate = GivenOr(parsed, _crossover, Bayesian.CrossoverRate),
                    LengthScale = parsed.GetValue(_length),
                    Noise = parsed.GetValue(_noise),
                    MostFitted = parsed.GetValue(_fitted),
                }),
                "pareto" => new ParetoSearch(new ParetoSearchOptions
                {
                    PopulationSize = GivenOr(parsed, _population, Pareto.PopulationSize),
                    CrossoverRate = GivenOr(parsed, _crossover, Pareto.CrossoverRate),
                    MutationRate = GivenOr(parsed, _mutation, Pareto.MutationRate),
                }),
                _ => throw new UsageException(
                    "--strategy is missing: write --strategy random, --strategy genetic, --strategy annealing, --strategy ageing, --strategy economics, --strategy local, --strategy bayesian, --strategy pareto or --strategy exhaustive."),
            };
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(InOptions(exception.Message));
        }
    }

    // The library names its own settings.
    private string InOptions(string message) => new (string Setting, Option Option)[]
    {
        (nameof(GeneticSearchOptions.PopulationSize), _population),
        (nameof(GeneticSearchOptions.Generations), _generations),
        (nameof(GeneticSearchOptions.CrossoverRate), _crossover),
        (nameof(GeneticSearchOptions.MutationRate), _mutation),
        (nameof(AgingEvolutionOptions.TournamentSize), _tournament),
        (nameof(AgingEvolutionOptions.StepsAtOnce), _stepsAtOnce),
        (nameof(SimulatedAnnealingOptions.InitialTemperature), _initial),
        (nameof(SimulatedAnnealingOptions.FinalTemperature), _final),
        (nameof(SimulatedAnnealingOptions.CoolingRate), _cooling),
        (nameof(SimulatedAnnealingOptions.IterationsPerTemperature), _iterations),
        (nameof(SimulatedAnnealingOptions.Neighbors), _neighbors),
        (nameof(SimulatedAnnealingOptions.Alpha), _alpha),
        (nameof(SimulatedAnnealingOptions.Beta), _beta),
        (nameof(SearchEconomicsOptions.Regions), _regions),
        (nameof(BayesianSearchOptions.LengthScale), _length),
        (nameof(BayesianSearchOptions.Noise), _noise),
    }.Aggregate(message.Split(" (Parameter", 2)[0], (text, pair) => text.Replace(pair.Setting, pair.Option.Name, StringComparison.Ordinal));

    /// <summary>Adds the strategy and every option of its own to a command line.</summary>
    public void Describe(ParseResult parsed, ISearchStrategy strategy, CommandLineText line)
    {
        line.Add("--strategy", strategy.Id);
        switch (strategy)
        {
            case GeneticSearch:
                line.Add("--population", parsed.GetValue(_population)).Add("--generations", parsed.GetValue(_generations))
                    .Add("--crossover-rate", parsed.GetValue(_crossover)).Add("--mutation-rate", parsed.GetValue(_mutation));
                break;
            case SimulatedAnnealing:
                line.Add("--initial-temperature", parsed.GetValue(_initial)).Add("--final-temperature", parsed.GetValue(_final))
                    .Add("--cooling-rate", parsed.GetValue(_cooling)).Add("--iterations", parsed.GetValue(_iterations))
                    .Add("--neighbors", parsed.GetValue(_neighbors)).Add("--alpha", parsed.GetValue(_alpha)).Add("--beta", parsed.GetValue(_beta));
                break;
            case AgingEvolution:
                line.Add("--population", GivenOr(parsed, _population, Ageing.PopulationSize)).Add("--tournament", parsed.GetValue(_tournament)).Add("--steps-at-once", parsed.GetValue(_stepsAtOnce));
                break;
            case LocalSearch:
                line.Add("--population", GivenOr(parsed, _population, Local.FirstSize)).Add("--parents", parsed.GetValue(_parents))
                    .Add("--crossover-rate", GivenOr(parsed, _crossover, Local.CrossoverRate))
                    .Add("--mutation-rate", GivenOr(parsed, _mutation, Local.SecondMutationRate));
                break;
            case BayesianSearch:
                line.Add("--population", GivenOr(parsed, _population, Bayesian.FirstSize)).Add("--step-size", parsed.GetValue(_stepSize))
                    .Add("--candidates", parsed.GetValue(_candidates)).Add("--parents", GivenOr(parsed, _parents, Bayesian.Parents))
                    .Add("--random-rate", parsed.GetValue(_random)).Add("--crossover-rate", GivenOr(parsed, _crossover, Bayesian.CrossoverRate))
                    .Add("--length-scale", parsed.GetValue(_length)).Add("--noise-variance", parsed.GetValue(_noise)).Add("--most-fitted", parsed.GetValue(_fitted));
                break;
            case ParetoSearch:
                line.Add("--population", GivenOr(parsed, _population, Pareto.PopulationSize)).Add("--crossover-rate", GivenOr(parsed, _crossover, Pareto.CrossoverRate))
                    .Add("--mutation-rate", GivenOr(parsed, _mutation, Pareto.MutationRate));
                break;
            case SearchEconomics:
                line.Add("--searchers", parsed.GetValue(_searchers)).Add("--regions", parsed.GetValue(_regions)).Add("--goods", parsed.GetValue(_goods))
                    .Add("--tournament", GivenOr(parsed, _tournament, Economics.TournamentSize))
                    .Add("--mutation-rate", GivenOr(parsed, _mutation, Economics.MutationRate));
                break;
        }
    }

    // The default that the option shows is another strategy's.
    private static T GivenOr<T>(ParseResult parsed, NumberOption<T> option, T byDefault)
        where T : struct, INumber<T>, IMinMaxValue<T> => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : byDefault;
}

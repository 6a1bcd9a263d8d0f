using RankNas.Graphs;
using RankNas.Strategies;
using RankNas.Tool.Output.Live;

namespace RankNas.Tool.Arguments;

/// <summary>The options of a search, shared by every command that runs one.</summary>
internal sealed class SearchOptions
{
    private readonly Option<string> _preset = Preset.CreateOption();
    private readonly ScoringOptions _scoring;
    private readonly StrategyOptions _strategies;
    private readonly NumberOption<int> _budget = new("--budget", "How many distinct architectures may be scored.", 1000, 1, 1_000_000_000);
    private readonly NumberOption<double> _minutes = NumberOption<double>.WithoutDefault(
        "--minutes", "How long the search may take; it ends with the best so far. --budget holds too.", 0.1, 34_560, 30);
    private readonly NumberOption<long> _strategySeed = NumberOption<long>.WithoutDefault(
        "--strategy-seed", "Another seed for the strategy alone; by default that of --seed.", long.MinValue, long.MaxValue, 1);
    private readonly ClusterSearchOptions _cluster = new();
    private readonly StoreOptions _store = new();
    private readonly Option<string> _aggregator = AggregatorOption.Create();
    private readonly ConstraintOptions _constraints = new();
    private readonly ObjectiveOptions _objectives = new();
    private readonly Option<bool> _equal = EqualGraphsOption.Create();

    private readonly BenchmarkOption _benchmark = new(
        "--benchmark", "Accuracies, which are shown beside the ranked architectures; the search does not see them.");

    public SearchOptions()
    {
        _scoring = new ScoringOptions(parsed => Preset.Of(parsed.GetValue(_preset)).Proxies, "the preset's, else noise-immunity-live, naswot and logsynflow", parsed => Preset.Of(parsed.GetValue(_preset)).WhereDefined);
        _strategies = new StrategyOptions(parsed => Preset.Of(parsed.GetValue(_preset)).Strategy);
    }

    public void AddTo(ToolCommand command)
    {
        _scoring.AddTo(command);
        command.AddGroup(ToolCommand.SearchGroup, _preset);
        _strategies.AddTo(command);
        command.AddGroup(ToolCommand.SearchGroup, _aggregator, _budget, _minutes, _strategySeed, _equal);
        _objectives.AddTo(command);
        _constraints.AddTo(command);
        _cluster.AddTo(command);
        _store.AddTo(command);
        command.AddGroup(ToolCommand.FilesGroup, _benchmark, _benchmark.Columns);
    }

    /// <summary>Opens the accuracies to judge by; null where none are given.</summary>
    public Task<IAccuracyBenchmark?> FindBenchmarkAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(_benchmark) is null
            ? Task.FromResult<IAccuracyBenchmark?>(null)
            : Interruptible.RunAsync(() => _benchmark.Find(parsed, _scoring.Space(parsed)), cancellationToken);

    /// <summary>Searches, with a progress bar where errors go to a terminal.</summary>
    /// <remarks>It does not see the accuracies: they name the architectures of a table of latencies by their numbers.</remarks>
    public Task<SearchResult> RunAsync(ParseResult parsed, TextWriter errors, IAccuracyBenchmark? accuracies, CancellationToken cancellationToken)
    {
        NasBuilder builder = _constraints.Use(parsed, _store.Use(_scoring.CreateBuilder(parsed, isElsewhere: _cluster.IsGiven(parsed)), parsed));
        _objectives.Use(parsed, builder, _scoring.Space(parsed), accuracies);
        _cluster.Use(builder, parsed, errors);
        ISearchStrategy strategy = _strategies.Create(parsed);
        int architectures = ArchitecturesOf(parsed, strategy);
        if (strategy is ExhaustiveSearch)
        {
            WholeSpace.ThrowUnlessIndexed(_scoring.Space(parsed));
        }

        builder.UseStrategy(strategy)
            .UseAggregator(AggregatorOf(parsed))
            .WithBudget(architectures)
            .TreatEqualGraphsAsOne(EqualGraphsAreOne(parsed));
        if (parsed.IsGiven(_minutes))
        {
            builder.WithTimeLimit(TimeSpan.FromMinutes(parsed.GetValue(_minutes)));
        }

        if (parsed.IsGiven(_strategySeed))
        {
            builder.WithStrategySeed(parsed.GetValue(_strategySeed));
        }

        return SearchProgressView.RunAsync(
            errors,
            "Searching",
            new BestSoFar(AggregatorOf(parsed), ParametersIn(parsed)),
            progress => builder.UseProgress(progress).Build().RunAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Writes the command that makes the same ranking again: every setting that it depends on, whether it was given or not.</summary>
    public string CommandLineOf(ParseResult parsed)
    {
        ISearchStrategy strategy = _strategies.Create(parsed);
        var line = new CommandLineText("ranknas search");
        _scoring.Describe(parsed, line);
        _strategies.Describe(parsed, strategy, line);
        line.Add("--aggregator", AggregatorOf(parsed).Id).Add("--budget", ArchitecturesOf(parsed, strategy));
        if (parsed.IsGiven(_strategySeed))
        {
            line.Add("--strategy-seed", parsed.GetValue(_strategySeed));
        }

        _objectives.Describe(parsed, line);
        _constraints.Describe(parsed, line);
        if (EqualGraphsAreOne(parsed))
        {
            line.Add("--equal-graphs-as-one");
        }

        return line.Add("--store", parsed.GetValue(_store.File)).Add("--benchmark", parsed.GetValue(_benchmark)).Add(_benchmark.Columns.Name, parsed.GetValue(_benchmark.Columns)).ToString();
    }

    // A space that builds modules would have to build and run them; one of the user's own may throw.
    private Func<Architecture, long?> ParametersIn(ParseResult parsed)
    {
        ISearchSpace space = _scoring.Space(parsed);
        NetworkShape shape = _scoring.Shape(parsed, space);
        return architecture =>
        {
            try
            {
                return space is IModuleSearchSpace ? null : space.CostOf(architecture, shape).Parameters;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return null;
            }
        };
    }

    // An exhaustive search goes through all of the space unless it is told to end before.
    private int ArchitecturesOf(ParseResult parsed, ISearchStrategy strategy) =>
        !parsed.IsGiven(_budget) && strategy is ExhaustiveSearch ? WholeSpace.BudgetOf(_scoring.Space(parsed)) : parsed.GetValue(_budget);

    private IRankAggregator AggregatorOf(ParseResult parsed) =>
        parsed.IsGiven(_aggregator) ? AggregatorOption.Resolve(parsed.GetValue(_aggregator)) : Preset.Of(parsed.GetValue(_preset)).Aggregator;

    private bool EqualGraphsAreOne(ParseResult parsed) => parsed.GetValue(_equal) || Preset.Of(parsed.GetValue(_preset)).EqualGraphsAsOne;
}

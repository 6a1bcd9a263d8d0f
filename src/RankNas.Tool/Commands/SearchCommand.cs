using System.CommandLine;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas search</c>: searches a space and ranks what it finds.</summary>
internal static class SearchCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        Option<string> preset = Preset.CreateOption();
        var scoring = new ScoringOptions(parsed => Preset.Of(parsed.GetValue(preset)).Proxies, "the preset's, else the paper's three");
        var strategies = new StrategyOptions(parsed => Preset.Of(parsed.GetValue(preset)).Strategy);
        var budget = new NumberOption<int>("--budget", "How many distinct architectures may be scored.", 1000, 1);
        var strategySeed = new NumberOption<long>("--strategy-seed", "Another seed for the strategy alone; by default that of --seed.", 0);
        var top = new NumberOption<int>("--top", "How many ranked architectures to write.", 10, 1);
        var store = new StoreOption();
        var benchmark = new BenchmarkOption("--benchmark", "Accuracies, which are shown beside the ranked architectures; the search does not see them.");
        Option<string> aggregator = AggregatorOption.Create();
        Option<bool> equal = new("--equal-graphs-as-one") { Description = "Scores architectures that build the same network once only." };
        var constraints = new ConstraintOptions();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("search", "Searches a space without training and ranks what it finds.") { preset, aggregator, budget, strategySeed, top, store, benchmark, equal, json };
        scoring.AddTo(command);
        strategies.AddTo(command);
        constraints.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace space = scoring.Space(parsed);
            IAccuracyBenchmark? accuracies = benchmark.Find(parsed, space);
            NasBuilder builder = constraints.Use(parsed, store.Use(parsed, scoring.CreateBuilder(parsed)));
            ISearchStrategy strategy = strategies.Create(parsed);
            int architectures = ArchitecturesOf(parsed, budget, strategy, space);
            builder.UseStrategy(strategy)
                .UseAggregator(AggregatorOption.Resolve(parsed.GetValue(aggregator)))
                .WithBudget(architectures)
                .TreatEqualGraphsAsOne(parsed.GetValue(equal));
            if (parsed.GetResult(strategySeed) is { Implicit: false })
            {
                builder.WithStrategySeed(parsed.GetValue(strategySeed));
            }

            SearchResult result = await ProgressBar.RunAsync(errors, "Searching", architectures, progress =>
                builder.ReportProgressTo(progress).Build().RunAsync(cancellationToken)).ConfigureAwait(false);
            SearchReport report = SearchReport.Of(result, parsed.GetValue(top), accuracies);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value) => SearchTableView.Write(writer, result, value));

            return result.IsCancelled ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }

    // An exhaustive search goes through all of the space unless it is told to end before.
    private static int ArchitecturesOf(ParseResult parsed, Option<int> budget, ISearchStrategy strategy, ISearchSpace space) =>
        parsed.GetResult(budget) is not { Implicit: false } && strategy is ExhaustiveSearch
            ? WholeSpace.BudgetOf(space)
            : parsed.GetValue(budget);
}

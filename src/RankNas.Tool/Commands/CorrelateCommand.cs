using System.CommandLine;
using System.Globalization;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas correlate</c>: how well scores agree with accuracies, over a sample or the whole space.</summary>
internal static class CorrelateCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var scoring = new ScoringOptions(_ => ProxyOption.Paper, "the paper's three");
        Option<string> aggregator = AggregatorOption.Create();
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies to correlate with.");
        var sample = new Option<string>("--sample")
        {
            Description = "How many architectures, drawn at random, or all.",
            HelpName = "N|all",
            DefaultValueFactory = _ => "all",
        };
        var draws = new NumberOption<int>("--draws", "How many bootstrap draws the intervals rest on.", 1000, 1);
        var store = new StoreOption();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("correlate", "Correlates scores with accuracies.") { aggregator, benchmark, benchmark.Columns, sample, draws, store, json };
        scoring.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace space = scoring.Space(parsed);
            IAccuracyBenchmark accuracies = benchmark.Get(parsed, space);
            SearchResult result = await ScoreAsync(
                store.Use(parsed, scoring.CreateBuilder(parsed)).UseAggregator(AggregatorOption.Resolve(parsed.GetValue(aggregator))),
                space, parsed.GetValue(sample)!, errors, cancellationToken).ConfigureAwait(false);
            if (result.IsCancelled)
            {
                return ExitCode.Cancelled;
            }

            CorrelationOutput report = CorrelationOutput.Of(
                result, ScoreCorrelations.Of(result, accuracies, parsed.GetValue(draws), cancellationToken));
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value) => value.WriteTable(writer));

            return ExitCode.Done;
        });
        return command;
    }

    private static Task<SearchResult> ScoreAsync(
        NasBuilder builder, ISearchSpace space, string sample, TextWriter errors, CancellationToken cancellationToken)
    {
        int budget = SizeOf(sample, space);
        builder.WithBudget(budget).UseStrategy(sample == "all" ? new ExhaustiveSearch() : new RandomSearch());
        return ProgressBar.RunAsync(errors, "Scoring", budget, progress => builder.ReportProgressTo(progress).Build().RunAsync(cancellationToken));
    }

    private static int SizeOf(string sample, ISearchSpace space) => sample == "all"
        ? WholeSpace.BudgetOf(space)
        : int.TryParse(sample, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 2
            ? count
            : throw new UsageException($"--sample is '{sample}': write --sample all, or a whole number from 2, such as --sample 1000.");
}

using System.CommandLine;
using System.Globalization;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;
using Spectre.Console;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas combine</c>: which proxies and aggregator go best together, chosen on one half of the space and judged by the other.</summary>
internal static class CombineCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var scoring = new ScoringOptions(_ => ProxyOption.Quick, "the quick ones");
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies to choose and to judge by.");
        var most = new NumberOption<int>("--most", "How many proxies a combination has at most.", 3, 1);
        var top = new NumberOption<int>("--top", "How many combinations to write.", 10, 1);
        var store = new StoreOption();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("combine", "Compares combinations of proxies on one half of a space and judges them by the other.")
        {
            benchmark, benchmark.Columns, most, top, store, json,
        };
        scoring.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace space = scoring.Space(parsed);
            IAccuracyBenchmark accuracies = benchmark.Get(parsed, space);
            int budget = WholeSpace.BudgetOf(space);
            NasBuilder builder = store.Use(parsed, scoring.CreateBuilder(parsed)).UseExhaustiveSearch().WithBudget(budget);
            SearchResult result = await ProgressBar.RunAsync(errors, "Scoring", budget, progress =>
                builder.ReportProgressTo(progress).Build().RunAsync(cancellationToken)).ConfigureAwait(false);
            if (result.IsCancelled)
            {
                return ExitCode.Cancelled;
            }

            CombinationOutcome[] best =
                [.. CombinationStudy.Run(result, accuracies, AggregatorOption.All, parsed.GetValue(most), cancellationToken).Take(parsed.GetValue(top))];
            JsonOutput.WriteOr(output, parsed.GetValue(json), best, Write);

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, CombinationOutcome[] outcomes)
    {
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns("proxies", "aggregator", "first ten fall short by", "first", "τ-b", "other half: first ten fall short by", "first", "τ-b");
        foreach (CombinationOutcome outcome in outcomes)
        {
            table.AddRow([string.Join(", ", outcome.Proxies), outcome.Aggregator, .. Cells(outcome.Chosen), .. Cells(outcome.Judged)]);
        }

        Consoles.On(output).Write(table);
        output.WriteLine("Percentage points of test accuracy below the best of the half, on average over the data sets. Ordered by the half that chooses.");
    }

    private static IEnumerable<string> Cells(CombinationFigures figures) => [Text(figures.Top10Shortfall), Text(figures.Top1Regret), Text(figures.Kendall)];

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}

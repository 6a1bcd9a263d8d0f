using RankNas.Evaluation;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas combine</c>: which proxies and aggregator go best together, chosen on one half of the space and judged by the other.</summary>
internal static class CombineCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var scoring = new ScoringOptions(_ => ProxyOption.Quick, "the quick ones");
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies to choose and to judge by.");
        var most = new NumberOption<int>("--most", "How many proxies a combination has at most.", 3, 1, 16);
        var top = new NumberOption<int>("--top", "How many combinations to write.", 10, 1, 1_000_000);
        var store = new StoreOptions();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "combine",
            "Compares combinations of proxies on one half of a space and judges them by the other.",
            "--space SPACE --benchmark CSV|DIR [options]",
            "ranknas combine --space nats-tss --most 3 --benchmark accuracies.csv --images data_batch_1.bin --store scores.db");
        command.AddGroup(ToolCommand.AccuracyGroup, benchmark, benchmark.Columns, most);
        scoring.AddTo(command);
        store.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, top, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace space = scoring.Space(parsed);
            IAccuracyBenchmark accuracies = await Interruptible.RunAsync(() => benchmark.Get(parsed, space), cancellationToken).ConfigureAwait(false);
            NasBuilder builder = store.Use(scoring.CreateBuilder(parsed), parsed).UseExhaustiveSearch().WithBudget(WholeSpace.BudgetOf(space));
            SearchResult result = await SearchProgressView.RunAsync(
                errors, "Scoring", best: null, progress => builder.UseProgress(progress).Build().RunAsync(cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();

            CombinationOutcome[] best =
                [.. CombinationStudy.Run(result, accuracies, [.. BuiltIns.Aggregators.Values], parsed.GetValue(most), cancellationToken).Take(parsed.GetValue(top))];
            JsonOutput.WriteOr(output, parsed.GetValue(json), best, Write);

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, CombinationOutcome[] outcomes, int? width)
    {
        TextColumn Column(string heading, Func<CombinationOutcome, double> figure) => new(heading, NumberColumn.Of(outcomes.Select(figure), decimals: 3));
        new TextTable(
            [new TextColumn("#", NumberColumn.Of(outcomes.Select((_, index) => index + 1L)))],
            [
                new TextColumn("aggregator", [.. outcomes.Select(outcome => outcome.Aggregator)], IsText: true),
                Column("top-10 shortfall", outcome => outcome.Chosen.Top10Shortfall),
                Column("top-1 regret", outcome => outcome.Chosen.Top1Regret),
                Column("τ-b", outcome => outcome.Chosen.Kendall),
                Column("judged: top-10 shortfall", outcome => outcome.Judged.Top10Shortfall),
                Column("judged: top-1 regret", outcome => outcome.Judged.Top1Regret),
                Column("judged: τ-b", outcome => outcome.Judged.Kendall),
            ],
            new TextColumn("proxies", [.. outcomes.Select(outcome => string.Join(", ", outcome.Proxies))], IsText: true)).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            "Percentage points of test accuracy below the best of the half, on average over the data sets. Ordered by the half that chooses; judged by the other.", width);
    }
}

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas search</c>: searches a space and ranks what it finds.</summary>
internal static class SearchCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var search = new SearchOptions();
        var top = new NumberOption<int>("--top", "How many ranked architectures to write.", 10, 1, 1_000_000);
        var pareto = new Option<bool>("--pareto") { Description = "Lists the Pareto front of the rank and of every --objective instead, its knee marked; all of it, whatever --top is." };
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "search",
            "Searches a space without training and ranks what it finds.",
            "--space SPACE --strategy NAME|--preset NAME [options]",
            "ranknas search --space nats-tss --preset recommended --budget 1000 --store scores.db",
            "ranknas search --space nats-sss --strategy annealing --proxy naswot logsynflow --images data_batch_1.bin --top 5",
            "ranknas search --space nats-tss --strategy pareto --objective params memory --budget 200 --pareto",
            "ranknas search --space nats-tss --strategy random --budget 500 --max-parameters 500000 --json");
        search.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, top, pareto, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IAccuracyBenchmark? accuracies = await search.FindBenchmarkAsync(parsed, cancellationToken).ConfigureAwait(false);
            SearchResult result = await search.RunAsync(parsed, errors, accuracies, cancellationToken).ConfigureAwait(false);
            SearchReport report = SearchReport.Of(result, parsed.GetValue(pareto) ? null : parsed.GetValue(top), accuracies);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value, width) => SearchTableView.Write(writer, result, value, width));

            return result.IsCancelled ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }
}

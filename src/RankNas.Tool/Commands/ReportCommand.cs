using RankNas.Plotting;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas report</c>: searches as <c>search</c> does, and writes a report in one HTML file.</summary>
/// <remarks>With the store of a search that has ended, the search is replayed at once.</remarks>
internal static class ReportCommand
{
    public static Command Create(TextWriter errors)
    {
        var search = new SearchOptions();
        var file = new PathOption("--output", "The file to write.", "report.html", PathUse.Output, "FILE.html") { DefaultValueFactory = _ => "report.html" };
        var title = new Option<string>("--title") { Description = "The title of the report.", HelpName = "TEXT" };
        var top = new NumberOption<int>("--top", "How many ranked architectures the table has.", 50, 1, 1_000_000);
        var command = new ToolCommand(
            "report",
            "Searches as 'search' does and writes a report in one HTML file; with a search's store it is there at once.",
            "--space SPACE --strategy NAME|--preset NAME [options]",
            "ranknas report --space nats-tss --preset recommended --store scores.db --output report.html");
        search.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, file, title, top);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = CheckedDefault(parsed.GetValue(file)!);
            IAccuracyBenchmark? accuracies = await search.FindBenchmarkAsync(parsed, cancellationToken).ConfigureAwait(false);
            SearchResult result = await search.RunAsync(parsed, errors, accuracies, cancellationToken).ConfigureAwait(false);
            if (result.Evaluations == 0)
            {
                await errors.WriteLineAsync("Cancelled before anything was scored: no report was written.").ConfigureAwait(false);
                return ExitCode.Cancelled;
            }

            result.SaveReport(path, new ReportOptions
            {
                Title = parsed.GetValue(title),
                Top = parsed.GetValue(top),
                Accuracies = accuracies is null ? [] : [.. accuracies.DataSets.Select(dataSet => AccuracyOf(accuracies, dataSet, result))],
                CommandLine = search.CommandLineOf(parsed),
            });
            await errors.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{path}: {result.Evaluations:N0} architectures of {result.Space}, the best {result.Best.Architecture}.")).ConfigureAwait(false);
            return result.IsCancelled ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }

    private static ReportAccuracy AccuracyOf(IAccuracyBenchmark accuracies, string dataSet, SearchResult result)
    {
        return result.Ranked.Any(candidate => Find(candidate.Architecture)?.Test is not null)
            ? new ReportAccuracy($"{dataSet} test", architecture => Find(architecture)?.Test)
            : new ReportAccuracy($"{dataSet} validation", architecture => Find(architecture)?.Validation);

        Accuracy? Find(Architecture architecture) => accuracies.Find(architecture)?.GetValueOrDefault(dataSet);
    }

    // A path that is given is checked when it is read; the default one is not. The search may take hours.
    private static string CheckedDefault(string path) => PathProblem.Of(path, PathUse.Output) is { } problem
        ? throw new UsageException($"--output: {problem}: write --output report.html in a folder of yours.")
        : path;
}

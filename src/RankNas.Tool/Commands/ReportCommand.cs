using System.CommandLine;
using System.Globalization;
using RankNas.Tool.Arguments;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas report</c>: searches as <c>search</c> does, and writes a report in one HTML file.</summary>
/// <remarks>With the store of a search that has ended, the search is replayed at once.</remarks>
internal static class ReportCommand
{
    public static Command Create(TextWriter errors)
    {
        var search = new SearchOptions();
        var file = new Option<string>("--output")
        {
            Description = "The file to write; report.html by default.",
            DefaultValueFactory = _ => "report.html",
            HelpName = "FILE.html",
        };
        var title = new Option<string>("--title") { Description = "The title of the report.", HelpName = "TEXT" };
        var top = new NumberOption<int>("--top", "How many ranked architectures the table has.", 50, 1);
        var command = new Command("report", "Searches as 'search' does and writes a report in one HTML file; with a search's store it is there at once.")
        {
            file, title, top,
        };
        search.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = Checked(parsed.GetValue(file)!);
            IAccuracyBenchmark? accuracies = search.FindBenchmark(parsed);
            SearchResult result = await search.RunAsync(parsed, errors, cancellationToken).ConfigureAwait(false);
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
                CultureInfo.InvariantCulture, $"{path}: {result.Evaluations} architectures of {result.Space}, the best {result.Best.Architecture}.")).ConfigureAwait(false);
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

    // Before the search, which may take hours.
    private static string Checked(string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new UsageException($"--output is '{path}', which is no file: write --output report.html.");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) ? path : throw new UsageException($"--output: there is no folder '{folder}': make it first, or write another file.");
    }
}

using System.CommandLine;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas search</c>: searches a space and ranks what it finds.</summary>
internal static class SearchCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var search = new SearchOptions();
        var top = new NumberOption<int>("--top", "How many ranked architectures to write.", 10, 1);
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("search", "Searches a space without training and ranks what it finds.") { top, json };
        search.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IAccuracyBenchmark? accuracies = search.FindBenchmark(parsed);
            SearchResult result = await search.RunAsync(parsed, errors, cancellationToken).ConfigureAwait(false);
            SearchReport report = SearchReport.Of(result, parsed.GetValue(top), accuracies);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value) => SearchTableView.Write(writer, result, value));

            return result.IsCancelled ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }
}

using System.CommandLine;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas search</c>: searches a space and ranks what it finds.</summary>
internal static class SearchCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var scoring = new ScoringOptions(ProxyOption.Paper, "the paper's three");
        var strategies = new StrategyOptions();
        var budget = new NumberOption<int>("--budget", "How many distinct architectures may be scored.", 1000, 1);
        var top = new NumberOption<int>("--top", "How many ranked architectures to write.", 10, 1);
        var store = new Option<string>("--store")
        {
            Description = "A file that keeps the scores: the same search goes on where it stopped.",
            HelpName = "FILE",
        };
        Option<bool> equal = new("--equal-graphs-as-one") { Description = "Scores architectures that build the same network once only." };
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("search", "Searches a space without training and ranks what it finds.") { budget, top, store, equal, json };
        scoring.AddTo(command);
        strategies.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            NasBuilder builder = scoring.CreateBuilder(parsed)
                .UseStrategy(strategies.Create(parsed))
                .WithBudget(parsed.GetValue(budget))
                .TreatEqualGraphsAsOne(parsed.GetValue(equal));
            if (parsed.GetValue(store) is { } path)
            {
                builder.StoreScoresIn(path);
            }

            SearchResult result = await ProgressBar.RunAsync(errors, "Searching", parsed.GetValue(budget), progress =>
                builder.ReportProgressTo(progress).Build().RunAsync(cancellationToken)).ConfigureAwait(false);
            SearchReport report = SearchReport.Of(result, parsed.GetValue(top));
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(output, report);
            }
            else
            {
                SearchTableView.Write(output, result, report);
            }

            return result.IsCancelled ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }
}

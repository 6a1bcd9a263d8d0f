using System.CommandLine;
using System.Globalization;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;
using Spectre.Console;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas study</c>: how often each strategy ends at the best of a whole space whose scores are stored.</summary>
internal static class StudyCommand
{
    public static Command Create(TextWriter output)
    {
        var scoring = new ScoringOptions(_ => ProxyOption.Paper, "the paper's three");
        var budget = new NumberOption<int>("--budget", "How many distinct architectures each run may score.", 1000, 1);
        var runs = new NumberOption<int>("--runs", "How many runs of each strategy.", 50, 1);
        var store = new Option<string>("--store") { Description = "The file that keeps the scores; what it lacks is scored.", HelpName = "FILE" };
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("study", "Finds out how often each strategy ends at the best of the whole space.") { budget, runs, store, json };
        scoring.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(store) ?? throw new UsageException("--store is missing: write --store FILE, the store of an exhaustive search.");
            SqliteScoreStore scores = await SqliteScoreStore.OpenAsync(path, cancellationToken).ConfigureAwait(false);
            await using (scores.ConfigureAwait(false))
            {
                IReadOnlyList<StrategyOutcome> outcomes = await StrategyStudy.RunAsync(
                    () => scoring.CreateBuilder(parsed).StoreScoresIn(scores),
                    scoring.Space(parsed),
                    [new RandomSearch(), new GeneticSearch(), new SimulatedAnnealing(), new AgeingEvolution()],
                    parsed.GetValue(budget),
                    parsed.GetValue(runs),
                    cancellationToken).ConfigureAwait(false);
                JsonOutput.WriteOr(output, parsed.GetValue(json), outcomes, Write);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, IReadOnlyList<StrategyOutcome> outcomes)
    {
        var table = new Table { Border = TableBorder.Markdown };
        table.AddColumns("strategy", "runs", "ended at the best", "median place", "worst place", "architectures scored");
        foreach (StrategyOutcome outcome in outcomes)
        {
            table.AddRow(
                outcome.Strategy,
                Text(outcome.Runs),
                Text(outcome.EndedAtBest),
                Text(outcome.MedianPlace),
                Text(outcome.WorstPlace),
                Text(Math.Round(outcome.MeanEvaluations)));
        }

        Consoles.On(output).Write(table);
        output.WriteLine($"Places are among the {Text(outcomes[0].SpaceSize)} architectures of the whole space.");
    }

    private static string Text(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);
}

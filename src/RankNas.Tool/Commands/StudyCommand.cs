using RankNas.Evaluation;
using RankNas.Storage.Sqlite;
using RankNas.Strategies;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas study</c>: how often each strategy ends at the best of a whole space whose scores are stored.</summary>
internal static class StudyCommand
{
    public static Command Create(TextWriter output, TextWriter errors)
    {
        var scoring = new ScoringOptions(_ => ProxyOption.Paper, "the paper's three");
        var budget = new NumberOption<int>("--budget", "How many distinct architectures each run may score.", 1000, 1, 1_000_000_000);
        var runs = new NumberOption<int>("--runs", "How many runs of each strategy.", 50, 1, 10_000);
        var benchmark = new BenchmarkOption("--benchmark", "Accuracies, by which the results of the runs are judged too; the strategies do not see them.");
        var store = new StoreOptions("The file that keeps the scores; what it lacks is scored.");
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "study",
            "Finds out how often each strategy ends at the best of the whole space.",
            "--space SPACE --store FILE [options]",
            "ranknas study --space nats-tss --store scores.db --budget 1000 --runs 50");
        command.AddGroup(ToolCommand.SearchGroup, budget, runs).AddGroup(ToolCommand.AccuracyGroup, benchmark, benchmark.Columns);
        scoring.AddTo(command);
        store.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace space = scoring.Space(parsed);
            IAccuracyBenchmark? accuracies = await Interruptible.RunAsync(() => benchmark.Find(parsed, space), cancellationToken).ConfigureAwait(false);
            SqliteScoreStore scores = await SqliteScoreStore.OpenAsync(store.File.Require(parsed), cancellationToken).ConfigureAwait(false);
            await using (scores.ConfigureAwait(false))
            {
                IReadOnlyList<StrategyOutcome> outcomes = await SearchProgressView.RunAsync(
                    errors,
                    "Scoring",
                    best: null,
                    progress => StrategyStudy.RunAsync(
                        () => store.Choose(scoring.CreateBuilder(parsed).UseScoreStore(scores), parsed).UseProgress(progress),
                        space,
                        [new RandomSearch(), new GeneticSearch(), new SimulatedAnnealing(), new AgingEvolution(), new SearchEconomics(), new LocalSearch(), new BayesianSearch(), new ParetoSearch()],
                        parsed.GetValue(budget),
                        parsed.GetValue(runs),
                        cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                StudyReport[] reports = [.. outcomes.Select(outcome => StudyReport.Of(space.Id, outcome, accuracies))];
                JsonOutput.WriteOr<IReadOnlyList<StudyReport>>(output, parsed.GetValue(json), reports, StudyReport.Write);
            }

            return ExitCode.Done;
        });
        return command;
    }
}

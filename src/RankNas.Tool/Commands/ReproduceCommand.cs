using RankNas.Evaluation;
using RankNas.Reproduction;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas reproduce</c>: the paper's tables, the searches beside the published figures.</summary>
internal static class ReproduceCommand
{
    private const int CorrelationTable = 1;
    private const int SizeSpaceTable = 2;
    private const int TopologySpaceTable = 3;

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var table = new NumberOption<int>(
            "--table", "1: correlations in the topology space; 2: searches of the size space; 3: searches of the topology space.", TopologySpaceTable, 1, 3);
        var runs = new NumberOption<int>("--runs", "How many runs of each search; their strategies' seeds are 0, 1, ….", 30, 1, 10_000);
        var budget = new NumberOption<int>("--budget", "How many architectures a training-free search may score.", 1000, 1, 1_000_000_000);
        var draws = new NumberOption<int>("--draws", "Table 1: how many bootstrap draws the intervals rest on.", 1000, 1, 100_000);
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies of fully trained architectures, by which results are judged.");
        var training = new TrainingOptions();
        var scoring = new ScoringOptions(_ => ProxyOption.Paper, "the paper's three");
        var store = new StoreOptions();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "reproduce",
            "Recomputes the paper's tables and sets them beside the published figures.",
            "--table 1|2|3 --benchmark CSV|DIR [options]",
            "ranknas reproduce --table 3 --runs 30 --benchmark accuracies.csv --images data_batch_1.bin --store scores.db");
        command.AddGroup("Table", table, runs, budget, draws).AddGroup(ToolCommand.AccuracyGroup, benchmark, benchmark.Columns);
        training.AddTo(command);
        scoring.AddTo(command, withSpaceAndProxies: false);
        store.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            int wanted = parsed.GetValue(table);
            ISearchSpace space = wanted == SizeSpaceTable ? new NatsSizeSpace() : new NatsTopologySpace();
            IAccuracyBenchmark accuracies = await Interruptible.RunAsync(() => benchmark.Get(parsed, space), cancellationToken).ConfigureAwait(false);
            NasBuilder CreateBuilder() => store.Use(scoring.CreateBuilder(parsed, space, []), parsed);
            if (wanted == CorrelationTable)
            {
                CorrelationOutput correlations = await ProgressBar.RunAsync(
                    errors,
                    "Scoring",
                    best: null,
                    progress => CorrelateAsync(() => CreateBuilder().UseProgress(progress), space, accuracies, parsed.GetValue(draws), cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                JsonOutput.WriteOr(output, parsed.GetValue(json), correlations, (writer, value, width) => value.WriteTable(writer, width));
                return ExitCode.Done;
            }

            SeenTraining? seen = await Interruptible.RunAsync(() => training.Create(parsed, space, errors), cancellationToken).ConfigureAwait(false);
            var setup = new SearchTableSetup
            {
                CreateBuilder = CreateBuilder,
                Space = space,
                Benchmark = accuracies,
                Train = seen?.Train,
                TrainFor = seen?.TrainFor,
                Runs = parsed.GetValue(runs),
                Budget = parsed.GetValue(budget),
            };
            IReadOnlyList<MethodOutcome> outcomes = await SearchAsync(setup, errors, cancellationToken).ConfigureAwait(false);
            if (outcomes.Count == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var report = MethodTable.Of(wanted, space.Id, ImagesReport.Of(scoring.ImagesUsed(parsed, space)), outcomes);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value, width) => value.WriteTable(writer, width));

            return cancellationToken.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Done;
        });
        return command;
    }

    // The methods that are done stand when it is cancelled.
    private static async Task<IReadOnlyList<MethodOutcome>> SearchAsync(SearchTableSetup setup, TextWriter errors, CancellationToken cancellationToken)
    {
        var outcomes = new List<MethodOutcome>();
        try
        {
            await foreach (MethodOutcome outcome in SearchTable.RunAsync(setup, cancellationToken).ConfigureAwait(false))
            {
                outcomes.Add(outcome);
                await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{outcome.Method}: {outcome.Runs} runs of {outcome.MeanEvaluations:0} architectures")).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && outcomes.Count > 0)
        {
            await errors.WriteLineAsync("Cancelled: with --store the same command goes on where it stopped.").ConfigureAwait(false);
        }

        return outcomes;
    }

    // The paper's three with their rank sum, and then every other one alone.
    private static async Task<CorrelationOutput> CorrelateAsync(
        Func<NasBuilder> createBuilder,
        ISearchSpace space,
        IAccuracyBenchmark accuracies,
        int draws,
        CancellationToken cancellationToken)
    {
        var reports = new List<CorrelationReport>();
        SearchResult? last = null;
        foreach (IReadOnlyList<string> ids in (IReadOnlyList<string>[])[ProxyOption.Paper, [.. ProxyOption.Quick.Except(ProxyOption.Paper)]])
        {
            NasBuilder builder = createBuilder().UseExhaustiveSearch().WithBudget(WholeSpace.BudgetOf(space)).AddProxies(ProxyOption.Resolve(null, ids));
            last = await builder.Build().RunAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            reports.Add(ScoreCorrelations.Of(last, accuracies, draws, cancellationToken));
        }

        CorrelationReport paper = reports[0];
        IEnumerable<ScoreCorrelation> others = reports[1].Correlations.Where(correlation => correlation.Score != last!.Aggregator);
        return CorrelationOutput.Of(last!, new CorrelationReport(paper.Architectures, [.. paper.Correlations, .. others]));
    }
}

using System.CommandLine;
using System.Globalization;
using RankNas.Tool.Arguments;
using RankNas.Tool.Output;

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
        var runs = new NumberOption<int>("--runs", "How many runs of each search; their strategies' seeds are 0, 1, ….", 30, 1);
        var budget = new NumberOption<int>("--budget", "How many architectures a training-free search may score.", 1000, 1);
        var draws = new NumberOption<int>("--draws", "Table 1: how many bootstrap draws the intervals rest on.", 1000, 1);
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies of fully trained architectures, by which results are judged.");
        var training = new TrainingOptions();
        var scoring = new ScoringOptions(_ => ProxyOption.Paper, "the paper's three");
        var store = new StoreOption();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new Command("reproduce", "Recomputes the paper's tables and sets them beside the published figures.")
        {
            table, runs, budget, draws, benchmark, benchmark.Columns, store, json,
        };
        training.AddTo(command);
        scoring.AddTo(command, withSpaceAndProxies: false);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            int wanted = parsed.GetValue(table);
            ISearchSpace space = wanted == SizeSpaceTable ? new NatsSizeSpace() : new NatsTopologySpace();
            IAccuracyBenchmark accuracies = benchmark.Get(parsed, space);
            NasBuilder CreateBuilder() => store.Use(parsed, scoring.CreateBuilder(parsed, space, []));
            if (wanted == CorrelationTable)
            {
                await CorrelateAsync(CreateBuilder, space, accuracies, parsed.GetValue(draws), parsed.GetValue(json), output, cancellationToken)
                    .ConfigureAwait(false);
                return ExitCode.Done;
            }

            var setup = new SearchTableSetup
            {
                CreateBuilder = CreateBuilder,
                Space = space,
                Benchmark = accuracies,
                Train = training.Create(parsed, space),
                Runs = parsed.GetValue(runs),
                Budget = parsed.GetValue(budget),
            };
            MethodTable report = await SearchAsync(wanted, setup, ImagesReport.Of(scoring.ImagesUsed(parsed)), errors, cancellationToken).ConfigureAwait(false);
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value) => value.WriteTable(writer));

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<MethodTable> SearchAsync(
        int table, SearchTableSetup setup, ImagesReport images, TextWriter errors, CancellationToken cancellationToken)
    {
        var outcomes = new List<MethodOutcome>();
        await foreach (MethodOutcome outcome in SearchTable.RunAsync(setup, cancellationToken).ConfigureAwait(false))
        {
            outcomes.Add(outcome);
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{outcome.Method}: {outcome.Runs} runs of {outcome.MeanEvaluations:0} architectures")).ConfigureAwait(false);
        }

        return MethodTable.Of(table, setup.Space.Id, images, outcomes);
    }

    // The paper's three with their rank sum, and then every other one alone.
    private static async Task CorrelateAsync(
        Func<NasBuilder> createBuilder,
        ISearchSpace space,
        IAccuracyBenchmark accuracies,
        int draws,
        bool json,
        TextWriter output,
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
        CorrelationOutput report = CorrelationOutput.Of(last!, new CorrelationReport(paper.Architectures, [.. paper.Correlations, .. others]));
        JsonOutput.WriteOr(output, json, report, (writer, value) => value.WriteTable(writer));
    }
}

using System.Runtime.CompilerServices;
using RankNas.Reproduction;
using RankNas.Scores;

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
        var runs = new NumberOption<int>(
            "--runs", "How many runs of each search; their strategies' seeds are 0, 1, …. Table 1: how many draws of --sampling authors.", 30, 1, 10_000);
        var initialisations = new NumberOption<int>(
            "--initialisations", "How many sets of weights and images the runs take by turns, or table 1 is a mean over: seeds from --seed on, each with images of its own draw.", 1, 1, 100, 3);
        ChoiceOption sampling = SamplingOptions.Create(
            "How random architectures are drawn; authors: as the paper's authors do, for table 1 in a column of its own and for tables 2 and 3 in training-free searches");
        var sample = new NumberOption<int>("--sample", "Table 1: how many architectures a draw of --sampling authors has.", 1000, 2, 15_000);
        var budget = new NumberOption<int>("--budget", "How many architectures a training-free search may score.", 1000, 1, 1_000_000_000);
        var draws = new NumberOption<int>("--draws", "Table 1: how many bootstrap draws the intervals rest on.", 1000, 1, 100_000);
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies of fully trained architectures, by which results are judged.");
        var training = new TrainingOptions();
        var scoring = new ScoringOptions(_ => ProxyOption.Paper, "the paper's three");
        Option<bool> equal = EqualGraphsOption.Create();
        var methods = new Option<string[]>("--method")
        {
            Description = $"Tables 2 and 3: which searches to run, of {string.Join(", ", SearchTable.Methods)}; all but {SearchTable.TeNas} by default, a run of which takes minutes.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME…",
        };
        methods.AcceptOnlyFromAmong([.. SearchTable.Methods]);
        var store = new StoreOptions();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "reproduce",
            "Recomputes the paper's tables and sets them beside the published figures.",
            "--table 1|2|3 --benchmark CSV|DIR [options]",
            "ranknas reproduce --table 3 --runs 30 --benchmark accuracies.csv --images data_batch_1.bin --store scores.db",
            "ranknas reproduce --table 1 --sampling authors --benchmark accuracies.csv --images data_batch_1.bin --store scores.db");
        command.AddGroup("Table", table, runs, initialisations, methods, sampling, sample, equal, budget, draws).AddGroup(ToolCommand.AccuracyGroup, benchmark, benchmark.Columns);
        training.AddTo(command);
        scoring.AddTo(command, withSpaceAndProxies: false);
        store.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            int wanted = parsed.GetValue(table);
            ISearchSpace space = wanted == SizeSpaceTable ? new NatsSizeSpace() : new NatsTopologySpace();
            IAccuracyBenchmark accuracies = await Interruptible.RunAsync(() => benchmark.Get(parsed, space), cancellationToken).ConfigureAwait(false);
            bool isAuthors = SamplingOptions.IsAuthors(parsed.GetValue(sampling), space);
            int sets = parsed.GetValue(initialisations);
            scoring.CheckInitialisations(parsed, sets);
            var memory = new InMemoryScoreStore();
            await using ConfiguredAsyncDisposable _ = memory.ConfigureAwait(false);
            NasBuilder CreateBuilder(ISearchSpace searched, int initialisation) =>
                store.Use(scoring.CreateBuilder(parsed, searched, [], initialisation: initialisation), parsed, memory);
            if (wanted == CorrelationTable)
            {
                CorrelationOutput correlations = await SearchProgressView.RunAsync(
                    errors,
                    "Scoring",
                    best: null,
                    progress => new ReproducedCorrelations(initialisation => CreateBuilder(space, initialisation).UseProgress(progress), space, scoring.Shape(parsed, space), accuracies)
                    {
                        Initialisations = sets,
                        EqualGraphsAsOne = parsed.GetValue(equal),
                        Draws = parsed.GetValue(draws),
                        Sample = isAuthors ? parsed.GetValue(sample) : null,
                        Runs = parsed.GetValue(runs),
                    }.RunAsync(cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                JsonOutput.WriteOr(output, parsed.GetValue(json), correlations, (writer, value, width) => value.WriteTable(writer, width));
                return ExitCode.Done;
            }

            if (parsed.GetValue(runs) % sets != 0)
            {
                throw new UsageException($"--runs is {parsed.GetValue(runs)}, which {sets} sets cannot share evenly: write a multiple of --initialisations, such as --runs {10 * sets}.");
            }

            SeenTraining? seen = await Interruptible.RunAsync(() => training.Create(parsed, space, errors), cancellationToken).ConfigureAwait(false);
            var setup = new SearchTableSetup
            {
                CreateBuilder = initialisation =>
                    CreateBuilder(isAuthors ? AuthorsSampling.Of(space) : space, initialisation).TreatEqualGraphsAsOne(parsed.GetValue(equal)),
                Space = space,
                Benchmark = accuracies,
                ProbeImages = scoring.AllImages(parsed, space),
                Train = seen?.Train,
                TrainFor = seen?.TrainFor,
                Runs = parsed.GetValue(runs),
                Initialisations = sets,
                Budget = parsed.GetValue(budget),
                Methods = parsed.GetValue(methods),
            };
            IReadOnlyList<MethodOutcome> outcomes = await SearchAsync(setup, errors, cancellationToken).ConfigureAwait(false);
            if (outcomes.Count == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var report = MethodTable.Of(
                wanted, space.Id, parsed.GetValue(sampling)!, sets, ImagesReport.Of(scoring.ImagesUsed(parsed, space)), outcomes);
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
}

using RankNas.Evaluation;
using RankNas.Initialization;
using RankNas.Strategies;

namespace RankNas.Tool.Commands;

/// <summary><c>ranknas correlate</c>: how well scores agree with accuracies, over a sample or the whole space.</summary>
internal static class CorrelateCommand
{
    private const string All = "all";

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var scoring = new ScoringOptions(_ => ProxyOption.Paper, "the paper's three");
        Option<string> aggregator = AggregatorOption.Create();
        var benchmark = new BenchmarkOption("--benchmark", "The accuracies to correlate with.");
        var sample = new Option<string>("--sample")
        {
            Description = "How many architectures, drawn at random, or all; of those in the CSV file where it has not the whole space.",
            HelpName = "N|all",
            DefaultValueFactory = _ => All,
        };
        var draws = new NumberOption<int>("--draws", "How many bootstrap draws the intervals rest on.", 1000, 1, 100_000);
        var store = new StoreOptions();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "correlate",
            "Correlates scores with accuracies.",
            "--space SPACE --benchmark CSV|DIR [options]",
            "ranknas correlate --space nats-tss --sample 1000 --benchmark accuracies.csv --images data_batch_1.bin --store scores.db",
            "ranknas correlate --space nats-sss --sample 200 --proxy naswot synflow params --benchmark accuracies.csv --json");
        command.AddGroup(ToolCommand.AccuracyGroup, benchmark, benchmark.Columns, sample, draws, aggregator);
        scoring.AddTo(command);
        store.AddTo(command);
        command.AddGroup(ToolCommand.OutputGroup, json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ISearchSpace space = scoring.Space(parsed);
            IAccuracyBenchmark accuracies = await Interruptible.RunAsync(() => benchmark.Get(parsed, space), cancellationToken).ConfigureAwait(false);
            Architecture[]? rows = RowsOf(accuracies, space);
            if (rows is null && parsed.GetValue(sample) == All)
            {
                WholeSpace.ThrowUnlessIndexed(space);
            }

            int budget = SizeOf(parsed.GetValue(sample)!, rows?.Length ?? WholeSpace.BudgetOf(space));
            NasBuilder builder = store.Use(scoring.CreateBuilder(parsed), parsed)
                .UseAggregator(AggregatorOption.Resolve(parsed.GetValue(aggregator)))
                .UseStrategy(rows is not null ? new GivenArchitectures(DrawFrom(rows, budget, scoring.Seed(parsed)))
                    : parsed.GetValue(sample) == All ? new ExhaustiveSearch()
                    : new RandomSearch())
                .WithBudget(budget);
            SearchResult result = await ProgressBar.RunAsync(
                errors, "Scoring", best: null, progress => builder.UseProgress(progress).Build().RunAsync(cancellationToken), cancellationToken)
                .ConfigureAwait(false);

            // A figure over another sample than the one asked for would mislead.
            cancellationToken.ThrowIfCancellationRequested();

            var report = CorrelationOutput.Of(result, ScoreCorrelations.Of(result, accuracies, parsed.GetValue(draws), cancellationToken));
            JsonOutput.WriteOr(output, parsed.GetValue(json), report, (writer, value, width) => value.WriteTable(writer, width));

            return ExitCode.Done;
        });
        return command;
    }

    // A table of part of a space is sampled itself: few of what is drawn from the space would be in it.
    private static Architecture[]? RowsOf(IAccuracyBenchmark accuracies, ISearchSpace space)
    {
        if (accuracies is not AccuracyTable table || table.Count >= space.Count)
        {
            return null;
        }

        Architecture[] viable = [.. table.Architectures.Where(space.IsViable)];
        return viable.Length >= 2 ? viable : throw new UsageException(
            $"--benchmark has {table.Count} architectures, and {viable.Length} of them are viable in {space.Id}: correlation needs two or more. Some spaces have a setting for the others: see ranknas spaces.");
    }

    private static Architecture[] DrawFrom(Architecture[] rows, int count, long seed)
    {
        if (count == rows.Length)
        {
            return rows;
        }

        Architecture[] drawn = [.. rows];
        new Random((int)StableSeed.Derive(seed, "rows")).Shuffle(drawn);
        return drawn[..count];
    }

    private static int SizeOf(string sample, int whole) =>
        sample == All ? whole
            : int.TryParse(sample, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 2 && count <= whole ? count
            : throw new UsageException($"--sample is '{sample}': write --sample all, or a whole number from 2 to {whole}, such as --sample {Math.Min(1000, whole)}.");
}

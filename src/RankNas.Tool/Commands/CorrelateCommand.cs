using System.Runtime.CompilerServices;
using RankNas.Evaluation;
using RankNas.Initialization;
using RankNas.Scores;
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
        ChoiceOption sampling = SamplingOptions.Create("How a sample is drawn; authors: as the paper's authors draw from NATS-Bench's spaces, whose published correlations rest on it");
        var runs = new NumberOption<int>("--runs", "How many samples are drawn; of several, the figures are means.", 1, 1, 10_000, 30);
        var draws = new NumberOption<int>("--draws", "How many bootstrap draws the intervals rest on.", 1000, 1, 100_000);
        Option<bool> equal = EqualGraphsOption.Create();
        var store = new StoreOptions();
        Option<bool> json = JsonOutput.CreateOption();
        var command = new ToolCommand(
            "correlate",
            "Correlates scores with accuracies.",
            "--space SPACE --benchmark CSV|DIR [options]",
            "ranknas correlate --space nats-tss --sample 1000 --benchmark accuracies.csv --images data_batch_1.bin --store scores.db",
            "ranknas correlate --space nats-sss --sample 200 --proxy naswot synflow params --benchmark accuracies.csv --json");
        command.AddGroup(ToolCommand.AccuracyGroup, benchmark, benchmark.Columns, sample, sampling, runs, equal, draws, aggregator);
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
            bool isAuthors = SamplingOptions.IsAuthors(parsed.GetValue(sampling), space);
            int samples = parsed.GetValue(runs);
            if ((isAuthors || samples > 1) && parsed.GetValue(sample) == All)
            {
                throw new UsageException($"{(isAuthors ? "--sampling authors" : "--runs")} is of samples, and --sample all takes everything: write a number, such as --sample 1000.");
            }

            if (isAuthors && rows is not null)
            {
                throw new UsageException("--sampling authors draws from the whole space, and --benchmark has part of it: write --sampling uniform, or name a whole benchmark.");
            }

            bool sharesScores = parsed.GetValue(equal);

            // Null: the strategy draws by itself.
            IReadOnlyList<Architecture>? Draw(long seed) => rows is not null ? DrawFrom(rows, budget, seed)
                : isAuthors ? SamplingOptions.Draw(space, budget, seed)
                : !sharesScores ? null
                : parsed.GetValue(sample) == All ? WholeSpace.ViableOf(space)
                : SamplingOptions.DrawUniformly(space, budget, seed);
            var memory = new InMemoryScoreStore();
            await using ConfiguredAsyncDisposable _ = memory.ConfigureAwait(false);
            var reports = new List<CorrelationReport>();
            SearchResult? first = null;
            for (int run = 0; run < samples; run++)
            {
                long seed = unchecked(scoring.Seed(parsed) + run);
                IReadOnlyList<Architecture>? drawn = Draw(seed);
                IRankAggregator ranking = AggregatorOption.Resolve(parsed.GetValue(aggregator));
                NasBuilder builder = store.Use(scoring.CreateBuilder(parsed), parsed, memory)
                    .UseAggregator(ranking)
                    .UseStrategy(drawn is not null ? new GivenArchitectures(drawn) : parsed.GetValue(sample) == All ? new ExhaustiveSearch() : new RandomSearch())
                    .WithStrategySeed(seed)
                    .WithBudget(drawn?.Count ?? budget)
                    .TreatEqualGraphsAsOne(sharesScores);
                SearchResult result = await SearchProgressView.RunAsync(
                    errors, "Scoring", best: null, progress => builder.UseProgress(progress).Build().RunAsync(cancellationToken), cancellationToken)
                    .ConfigureAwait(false);

                // A figure over another sample than the one asked for would mislead.
                cancellationToken.ThrowIfCancellationRequested();
                if (sharesScores)
                {
                    result = result.SharedAmong(drawn!, space, scoring.Shape(parsed, space), ranking);
                }

                first ??= result;

                // A mean of several samples has an interval over them, and not the bootstrap's.
                reports.Add(ScoreCorrelations.Of(result, accuracies, samples == 1 ? parsed.GetValue(draws) : 1, cancellationToken));
            }

            string how = isAuthors ? "drawn as the paper's authors do" : "drawn uniformly";
            CorrelationOutput report = CorrelationOutput.Of(first!, ScoreCorrelations.MeanOf(reports)) with
            {
                Drawn = isAuthors ? how : null,
                MeansOver = samples == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{samples:N0} draws of {budget:N0} architectures, {how}"),
            };
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

using System.Collections.Frozen;
using System.Collections.Immutable;
using RankNas.NatsBench.Pickle;

namespace RankNas.NatsBench.Files;

/// <summary>A file of the benchmark: all trainings of one architecture.</summary>
internal sealed class NatsBenchFile
{
    // Where NATS-Bench has the accuracies; CIFAR-10's are of two trainings.
    private static readonly (string Name, Source Validation, Source Test)[] Sources =
    [
        ("cifar10", new Source("cifar10-valid", "x-valid"), new Source("cifar10", "ori-test")),
        ("cifar100", new Source("cifar100", "x-valid"), new Source("cifar100", "x-test")),
        ("imagenet16-120", new Source("ImageNet16-120", "x-valid"), new Source("ImageNet16-120", "x-test")),
    ];

    // Each costs a run over all of its epochs. NATS-Bench trained with four.
    private const int MostSeeds = 20;

    private readonly NatsBenchNode _file;

    private NatsBenchFile(NatsBenchNode file) => _file = file;

    public static IReadOnlyList<string> DataSets { get; } = [.. Sources.Select(source => source.Name)];

    public static NatsBenchFile Read(string path) => Of(path, PickleFile.Read(path));

    /// <summary>Takes what a file holds.</summary>
    public static NatsBenchFile Of(string path, object? value) => new(new NatsBenchNode(path, "", value));

    /// <summary>Gets the records of an architecture by data set, after making sure that the file is of that architecture.</summary>
    public FrozenDictionary<string, TrainingRecord> RecordsOf(Architecture architecture, NatsBenchOptions options)
    {
        NatsBenchNode trainings = TrainingsOf(architecture, options);
        var records = new Dictionary<string, TrainingRecord>();
        foreach ((string name, Source validation, Source test) in Sources)
        {
            List<NatsBenchRun> validationRuns = RunsOf(trainings, validation, options.Seed);
            List<NatsBenchRun> testRuns = RunsOf(trainings, test, options.Seed);
            if (validationRuns.Count > 0 && testRuns.Count > 0)
            {
                records.Add(name, RecordOf(validationRuns, validation.Set, testRuns, test.Set));
            }
        }

        return records.ToFrozenDictionary();
    }

    /// <summary>Gets the validation accuracies after each epoch by data set, the mean over the seeds, without the data sets that have none.</summary>
    public FrozenDictionary<string, ImmutableArray<double>> CurvesOf(Architecture architecture, NatsBenchOptions options)
    {
        NatsBenchNode trainings = TrainingsOf(architecture, options);
        var curves = new Dictionary<string, ImmutableArray<double>>();
        foreach ((string name, Source validation, _) in Sources)
        {
            ImmutableArray<double>[] runs = [.. RunsOf(trainings, validation, options.Seed).Select(run => run.AccuraciesOn(validation.Set))];
            if (runs.Length > 0 && runs.All(run => run.Length > 0 && run.Length == runs[0].Length))
            {
                curves.Add(name, [.. Enumerable.Range(0, runs[0].Length).Select(epoch => runs.Average(run => run[epoch]))]);
            }
        }

        return curves.ToFrozenDictionary();
    }

    private NatsBenchNode TrainingsOf(Architecture architecture, NatsBenchOptions options)
    {
        NatsBenchNode trainings = TrainingsOf(options.Epochs);
        string written = trainings["arch_str"].AsText;
        return written == architecture.Text
            ? trainings
            : throw trainings["arch_str"].Malformed($"is '{ShownText.Of(written, ShownText.LineLength)}' where it should be '{architecture.Text}'");
    }

    private NatsBenchNode TrainingsOf(int? epochs)
    {
        (string Key, int Epochs)[] there =
        [
            .. _file.TextKeys.Where(key => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(key => (key, int.Parse(key, CultureInfo.InvariantCulture))).OrderBy(training => training.Item2),
        ];
        if (there.Length == 0)
        {
            throw _file.Malformed("has no training");
        }

        string? found = epochs is null ? there[^1].Key : there.FirstOrDefault(training => training.Epochs == epochs).Key;
        return found is not null
            ? _file[found]
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{_file.File}' has no training of {epochs} epochs: take one of {string.Join(", ", there.Take(10).Select(training => ShownText.Of(training.Key)))}."));
    }

    private static List<NatsBenchRun> RunsOf(NatsBenchNode trainings, Source source, int? seed)
    {
        var runs = new List<NatsBenchRun>();
        if (trainings["dataset_seed"].Find(source.Training) is { } seeds)
        {
            if (seeds.List.Count > MostSeeds)
            {
                throw seeds.Malformed(FormattableString.Invariant($"has {seeds.List.Count} seeds, and {MostSeeds} are plenty"));
            }

            var known = new HashSet<long>();
            for (int index = 0; index < seeds.List.Count; index++)
            {
                if (seeds.At(index).Value is not long key)
                {
                    throw seeds.Malformed("has a seed that is none");
                }

                if (!known.Add(key))
                {
                    throw seeds.Malformed(FormattableString.Invariant($"has the seed {key} twice"));
                }

                if (seed is null || key == seed)
                {
                    runs.Add(new NatsBenchRun(trainings["all_results"][new PickleTuple([source.Training, key])]));
                }
            }
        }

        return runs;
    }

    private static TrainingRecord RecordOf(
        List<NatsBenchRun> validationRuns, string validationSet, List<NatsBenchRun> testRuns, string testSet) => new(
        new Accuracy(validationRuns.Average(run => run.AccuracyOn(validationSet)), testRuns.Average(run => run.AccuracyOn(testSet))),
        validationRuns[0].Epochs,
        testRuns.Average(run => run.ParametersMillions),
        testRuns.Average(run => run.FlopsMillions),
        testRuns.Average(run => run.LatencySeconds),
        MeanOfAll(validationRuns, run => run.TrainSeconds),
        MeanOfAll(validationRuns, run => run.EvaluationSecondsOn(validationSet)));

    // A mean over what happens to be there would be of other seeds than the accuracy.
    private static double? MeanOfAll(List<NatsBenchRun> runs, Func<NatsBenchRun, double?> figure) =>
        runs.All(run => figure(run) is not null) ? runs.Average(figure) : null;

    /// <summary>Where an accuracy is.</summary>
    /// <param name="Training">NATS-Bench's name of the data set trained on.</param>
    /// <param name="Set">Its name of the set evaluated on.</param>
    private sealed record Source(string Training, string Set);
}

using System.Collections.Immutable;
using RankNas.Reproduction;

namespace RankNas.Tool.Arguments;

/// <summary>What training-based searches see.</summary>
internal sealed class TrainingOptions
{
    private readonly BenchmarkOption _benchmark = new(
        "--training-benchmark", "The accuracies after 12 epochs of training, which training-based searches see; without it they are left out.", new NatsBenchOptions { Epochs = 12 });

    private readonly NumberOption<int> _trainings = new(
        "--trainings", "How many short trainings the time is for, where the benchmark has no times.", 110, 1, 1_000_000);

    private readonly Option<string> _times = new("--times")
    {
        Description = "Training times of some architectures of the space, with columns index,c10_12_train_s,c10_12_test_s, …; a model of them gives the others'.",
        HelpName = "CSV",
    };

    private readonly ChoiceOption _dataSet = new(
        "--training-data", "On which data set they train", "cifar10", "cifar10", "cifar100", "imagenet16-120");

    public void AddTo(ToolCommand command) => command.AddGroup(ToolCommand.AccuracyGroup, _benchmark, _benchmark.Columns, _trainings, _times, _dataSet);

    /// <summary>Reads what training-based searches see; null where there is no benchmark.</summary>
    public SeenTraining? Create(ParseResult parsed, ISearchSpace space, TextWriter errors)
    {
        string dataSet = parsed.GetValue(_dataSet)!;
        if (_benchmark.Find(parsed, space) is not { } benchmark)
        {
            return parsed.GetValue(_times) is null
                ? null
                : throw new UsageException($"{_times.Name} is given without {_benchmark.Name}: write {_benchmark.Name} and the accuracies that the times are for.");
        }

        TrainingTimes? times = ReadTimes(parsed, space, benchmark, dataSet, errors);
        double seconds = SearchTableSetup.TrainingSeconds / parsed.GetValue(_trainings);
        if (benchmark is NatsBenchFolder folder)
        {
            return new SeenTraining(
                architecture => RecordOf(architecture) is { Accuracy.Validation: { } validation } record
                    ? new TrainingOutcome(validation, times?.SecondsOf(architecture) ?? record.SearchSeconds ?? seconds)
                    : throw Missing(architecture, dataSet),
                (architecture, epochs) => RecordOf(architecture) is { } record && CurveOf(architecture) is { Length: SimulatedTraining.Epochs } curve
                    ? new TrainingOutcome(
                        curve[epochs - 1],
                        times?.SecondsOf(architecture, epochs)
                            ?? (record.TrainSeconds * epochs / SimulatedTraining.Epochs) + record.ValidationSeconds
                            ?? seconds * epochs / SimulatedTraining.Epochs)
                    : throw Missing(architecture, dataSet));

            TrainingRecord? RecordOf(Architecture architecture) => folder.FindTraining(architecture)?.GetValueOrDefault(dataSet);
            ImmutableArray<double>? CurveOf(Architecture architecture) => folder.FindValidationCurves(architecture) is { } curves && curves.TryGetValue(dataSet, out var curve) ? curve : null;
        }

        return new SeenTraining(
            architecture => benchmark.Find(architecture)?.GetValueOrDefault(dataSet) is { Validation: { } validation }
                ? new TrainingOutcome(validation, times?.SecondsOf(architecture) ?? seconds)
                : throw Missing(architecture, dataSet),
            null);
    }

    private TrainingTimes? ReadTimes(ParseResult parsed, ISearchSpace space, IAccuracyBenchmark benchmark, string dataSet, TextWriter errors)
    {
        if (parsed.GetValue(_times) is not { } path)
        {
            return null;
        }

        if (PathProblem.Of(path, PathUse.Input) is { } problem)
        {
            throw new UsageException($"{_times.Name}: {problem}: name a CSV file of training times.");
        }

        TrainingTimes times = InputOption.Read(_times.Name, () => TrainingTimes.ReadCsv(path, (GenomeSearchSpace)space, benchmark, dataSet));
        errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_times.Name}: times of {times.Known:N0} architectures; the model is off by {times.HeldOutError:P1} on those that it was not fitted to"));
        return times;
    }

    private static InvalidDataException Missing(Architecture architecture, string dataSet) =>
        new($"--training-benchmark has no validation accuracy of {architecture} on {dataSet}: it needs that of every architecture of the space.");
}

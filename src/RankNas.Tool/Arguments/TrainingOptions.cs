using RankNas.Reproduction;

namespace RankNas.Tool.Arguments;

/// <summary>What training-based searches see.</summary>
internal sealed class TrainingOptions
{
    private readonly BenchmarkOption _benchmark = new(
        "--training-benchmark", "The accuracies after 12 epochs of training, which training-based searches see; without it they are left out.", new NatsBenchOptions { Epochs = 12 });

    private readonly NumberOption<int> _trainings = new(
        "--trainings", "How many short trainings the time is for, where the benchmark has no times.", 110, 1, 1_000_000);

    private readonly ChoiceOption _dataSet = new(
        "--training-data", "On which data set they train", "cifar10", "cifar10", "cifar100", "imagenet16-120");

    public void AddTo(ToolCommand command) => command.AddGroup(ToolCommand.AccuracyGroup, _benchmark, _benchmark.Columns, _trainings, _dataSet);

    public Func<Architecture, TrainingOutcome>? Create(ParseResult parsed, ISearchSpace space)
    {
        if (_benchmark.Find(parsed, space) is not { } benchmark)
        {
            return null;
        }

        string dataSet = parsed.GetValue(_dataSet)!;
        double seconds = SearchTableSetup.TrainingSeconds / parsed.GetValue(_trainings);
        if (benchmark is NatsBenchFolder folder)
        {
            return architecture => folder.FindTraining(architecture)?.GetValueOrDefault(dataSet) is { Accuracy.Validation: { } validation } record
                ? new TrainingOutcome(validation, record.SearchSeconds ?? seconds)
                : throw Missing(architecture, dataSet);
        }

        return architecture => benchmark.Find(architecture)?.GetValueOrDefault(dataSet) is { Validation: { } validation }
            ? new TrainingOutcome(validation, seconds)
            : throw Missing(architecture, dataSet);
    }

    private static InvalidDataException Missing(Architecture architecture, string dataSet) =>
        new($"--training-benchmark has no validation accuracy of {architecture} on {dataSet}: it needs that of every architecture of the space.");
}

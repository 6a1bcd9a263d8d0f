using RankNas.Evaluation;
using RankNas.Files;

namespace RankNas.Tool.Output;

/// <summary>A strategy's outcome as <c>ranknas study</c> writes it.</summary>
internal sealed record StudyReport(
    string Space,
    string Strategy,
    int Runs,
    int EndedAtBest,
    double MedianPlace,
    int WorstPlace,
    double MeanEvaluations,
    int SpaceSize,
    IReadOnlyList<RunReport> Results)
{
    public static StudyReport Of(string space, StrategyOutcome outcome, IAccuracyBenchmark? accuracies) => new(
        space,
        outcome.Strategy,
        outcome.Runs,
        outcome.EndedAtBest,
        outcome.MedianPlace,
        outcome.WorstPlace,
        outcome.MeanEvaluations,
        outcome.SpaceSize,
        [.. outcome.Results.Select(run => new RunReport(
            run.Seed, null, run.Best.Text, run.Place, accuracies?.Find(run.Best) is { } found ? RunReport.Accuracies(found) : null))]);

    public static void Write(TextWriter output, IReadOnlyList<StudyReport> outcomes, int? width)
    {
        TextColumn Column(string heading, Func<StudyReport, double> figure) => new(heading, NumberColumn.Of(outcomes.Select(figure)));
        string[] dataSets = [.. outcomes.SelectMany(outcome => outcome.Results).SelectMany(run => run.Accuracy?.Keys ?? []).Distinct()];
        new TextTable(
            [new TextColumn("strategy", [.. outcomes.Select(outcome => outcome.Strategy)], IsText: true)],
            [
                Column("runs", outcome => outcome.Runs),
                Column("ended at the best", outcome => outcome.EndedAtBest),
                Column("median place", outcome => outcome.MedianPlace),
                Column("worst place", outcome => outcome.WorstPlace),
                Column("architectures scored", outcome => Math.Round(outcome.MeanEvaluations)),
                .. dataSets.Select(dataSet => AccuracyColumn(outcomes, dataSet)),
            ]).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(
            string.Create(CultureInfo.InvariantCulture, $"Places are among the {outcomes[0].SpaceSize:N0} architectures of the whole space."), width);
    }

    // A mean of the runs that a benchmark knows would be of other runs than the strategy's.
    private static TextColumn AccuracyColumn(IReadOnlyList<StudyReport> outcomes, string dataSet)
    {
        AccuracyReport?[][] found = [.. outcomes.Select(outcome => outcome.Results.Select(run => run.Accuracy?.GetValueOrDefault(dataSet)).ToArray())];
        bool hasTest = found.All(runs => Array.TrueForAll(runs, accuracy => accuracy?.Test is not null));
        return new TextColumn(
            $"{ShownText.Of(dataSet)} mean {(hasTest ? "test" : "validation")} %",
            NumberColumn.Of(
                found.Select(runs => runs.Select(accuracy => hasTest ? accuracy?.Test : accuracy?.Validation).ToArray())
                    .Select(known => Array.TrueForAll(known, accuracy => accuracy is not null) ? known.Average() : null),
                decimals: 2));
    }
}

using RankNas.Plotting;

namespace RankNas.Fitting.Running;

/// <summary>What the report says of the model, before it reports the search.</summary>
internal static class FitReport
{
    public static ReportOptions OptionsOf(FitResult result) => new()
    {
        Title = $"A model of {Path.GetFileName(Path.TrimEndingDirectorySeparator(result.Pictures.Source))}",
        Machine = ReportMachine.Current(),
        Sections = [Model(result), Pictures(result), Training(result), Judgement("On the validation pictures", result.Validation), .. result.Test is { } test ? [Judgement("On the test pictures", test)] : (ReportSection[])[]],
    };

    private static ReportSection Model(FitResult result) => new("The model")
    {
        Paragraphs =
        [
            string.Create(CultureInfo.InvariantCulture, $"{result.Space}: {result.Architecture.Text}. {result.Parameters:N0} parameters, {result.Macs:N0} multiply-accumulates for a picture."),
            $"{result.Latency} for a picture in ONNX Runtime on this machine's CPU, in one thread.",
            .. result.Quantized is { } quantized ? [Quantized(quantized)] : (string[])[],
            "It was found without training, trained on the training pictures, and its epoch was chosen by the validation pictures: expect a little less on others than on these.",
        ],
        Table = result.Candidates.IsEmpty ? null : new ReportTable(
            ["trained briefly", "rank in the search", "parameters", "epochs", "validation loss", "validation accuracy"],
            [.. result.Candidates.Select(candidate => (ImmutableArray<string>)
            [
                candidate.Architecture.Text, Text(candidate.Rank), Text(candidate.Parameters), Text(candidate.Epochs),
                candidate.ValidationLoss.ToString("F3", CultureInfo.InvariantCulture), Percent(candidate.ValidationAccuracy),
            ])]),
    };

    private static string Quantized(QuantizedModel model) => string.Create(
        CultureInfo.InvariantCulture,
        $"With 8 bits ({FitFiles.QuantizedOnnx}): {model.Latency}, {model.Report.BytesAfter:N0} bytes instead of {model.Report.BytesBefore:N0}; {Percent(model.Validation.Accuracy)} of the validation pictures right{(model.Test is { } test ? $", {Percent(test.Accuracy)} of the test pictures" : "")}.");

    private static ReportSection Pictures(FitResult result) => new("The pictures")
    {
        // What was left out is in the table.
        Paragraphs = [.. result.Pictures.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !char.IsWhiteSpace(line[0]))],
        Table = result.Pictures.Skipped.IsEmpty ? null : new ReportTable(
            ["left out", "because"], [.. result.Pictures.Skipped.Select(skipped => (ImmutableArray<string>)[skipped.Path, skipped.Reason])]),
    };

    private static ReportSection Training(FitResult result)
    {
        ImmutableArray<EpochRecord> epochs = result.Training.History.Epochs;
        return new ReportSection("The training")
        {
            Paragraphs =
            [
                result.Training.WeightsOf is { } best
                    ? string.Create(CultureInfo.InvariantCulture, $"{epochs.Length:N0} epochs; the weights are those of epoch {best + 1:N0}.")
                    : "No epoch was finished.",
            ],
            Charts = epochs.IsEmpty ? [] :
            [
                Chart.Lines([ChartSeries.OfEpochs("training", epochs.Select(epoch => epoch.Loss)), ChartSeries.OfEpochs("validation", epochs.Select(epoch => epoch.ValidationLoss ?? double.NaN))], "epoch", "loss"),
                Chart.Lines([ChartSeries.OfEpochs("training", epochs.Select(epoch => epoch.Accuracy)), ChartSeries.OfEpochs("validation", epochs.Select(epoch => epoch.ValidationAccuracy ?? double.NaN))], "epoch", "accuracy", percent: true),
            ],
        };
    }

    private static ReportSection Judgement(string title, ClassificationMetrics metrics)
    {
        int classes = metrics.Classes.Length;
        int[,] counts = new int[classes, classes];
        for (int row = 0; row < classes; row++)
        {
            for (int column = 0; column < classes; column++)
            {
                counts[row, column] = metrics.ConfusionMatrix[row][column];
            }
        }

        return new ReportSection(title)
        {
            Paragraphs = [string.Create(CultureInfo.InvariantCulture, $"{metrics.Accuracy * 100:F1} % of {metrics.Images:N0} pictures right; macro F1 {metrics.MacroF1:F3}.")],
            Table = new ReportTable(
                ["class", "pictures", "precision", "recall", "F1"],
                [.. metrics.Classes.Select(one => (ImmutableArray<string>)[one.Name, Text(one.Images), Percent(one.Precision), Percent(one.Recall), Percent(one.F1)])]),
            Charts = classes is >= 2 and <= 100 ? [Chart.ConfusionMatrix(metrics.Classes.Select(one => one.Name), counts)] : [],
        };
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F1} %");
}

using System.Text.Json;

namespace RankNas.Fitting.Running;

/// <summary>What <c>fit.json</c> contains.</summary>
internal sealed record FitSummary(
    int Version,
    string End,
    double Seconds,
    long Seed,
    FitSummary.PicturesPart Pictures,
    FitSummary.ModelPart Model,
    FitSummary.LatencyPart Latency,
    FitSummary.SearchPart Search,
    IReadOnlyList<FitSummary.CandidatePart> Candidates,
    FitSummary.TrainingPart Training,
    FitSummary.MetricsPart Validation,
    FitSummary.MetricsPart? Test,
    FitSummary.QuantizedPart? Quantized)
{
    public const int Current = 1;

    private const string Cancelled = "cancelled";

    public static FitSummary Of(FitResult result, LabelledSplits splits, FitOptions options) => new(
        Current,
        result.End switch
        {
            FitEnd.Cancelled => Cancelled,
            FitEnd.TimeUsed => "time-used",
            _ => "completed",
        },
        Math.Round(result.Elapsed.TotalSeconds, 1),
        options.Seed,
        new PicturesPart(
            result.Pictures.Source, splits.Training.Count, splits.Validation!.Count, splits.Test?.Count ?? 0, splits.Training.ClassNames,
            [.. result.Pictures.Skipped.Select(skipped => new SkippedPart(skipped.Path, skipped.Reason))],
            splits.Training.Shape.Channels, splits.Training.Shape.Height, splits.Training.Shape.Width,
            splits.Training.Normalization.Mean, splits.Training.Normalization.Deviation),
        new ModelPart(result.Space, result.Architecture.Text, result.Parameters, result.Macs),
        LatencyPart.Of(result.Latency),
        new SearchPart(result.Search.Strategy, result.Search.Evaluations, [.. result.Search.Proxies.Select(proxy => proxy.Id)], Math.Round(result.Search.Elapsed.TotalSeconds, 1)),
        [.. result.Candidates.Select(candidate => new CandidatePart(
            candidate.Architecture.Text, candidate.Rank, candidate.Parameters, candidate.Epochs, candidate.ValidationLoss, candidate.ValidationAccuracy))],
        new TrainingPart(result.Training.History.Epochs.Length, result.Training.WeightsOf + 1, Math.Round(result.Training.Elapsed.TotalSeconds, 1),
            [.. result.Training.History.Epochs.Select(epoch => new EpochPart(epoch.Epoch + 1, epoch.LearningRate, epoch.Loss, epoch.Accuracy, epoch.ValidationLoss, epoch.ValidationAccuracy))]),
        MetricsPart.Of(result.Validation),
        result.Test is { } test ? MetricsPart.Of(test) : null,
        QuantizedPart.Of(result.Quantized));

    /// <summary>Tells whether a file says that its run was cancelled, or says nothing.</summary>
    public static bool IsUnfinished(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), FitJson.Default.FitSummary) is not { End: not Cancelled };
        }
        catch (JsonException)
        {
            return true;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, FitJson.Default.FitSummary);

    internal sealed record PicturesPart(
        string Source, int Training, int Validation, int Test, IReadOnlyList<string> Classes, IReadOnlyList<SkippedPart> Skipped,
        int Channels, int Height, int Width, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);

    internal sealed record SkippedPart(string Path, string Reason);

    internal sealed record ModelPart(string Space, string Architecture, long Parameters, long Macs);

    internal sealed record LatencyPart(string Runtime, int Threads, double Milliseconds, double LowerQuartile, double UpperQuartile, int Repeats)
    {
        public static LatencyPart Of(LatencyMeasurement latency) => new(
            "ONNX Runtime", FitLatency.Options.Threads, Math.Round(latency.Milliseconds, 4), Math.Round(latency.LowerQuartile, 4), Math.Round(latency.UpperQuartile, 4), latency.Repeats);
    }

    internal sealed record SearchPart(string Strategy, int Evaluations, IReadOnlyList<string> Proxies, double Seconds);

    internal sealed record CandidatePart(string Architecture, int Rank, long Parameters, int Epochs, double ValidationLoss, double ValidationAccuracy);

    internal sealed record TrainingPart(int Epochs, int? WeightsOfEpoch, double Seconds, IReadOnlyList<EpochPart> History);

    internal sealed record EpochPart(int Epoch, double LearningRate, double Loss, double Accuracy, double? ValidationLoss, double? ValidationAccuracy);

    internal sealed record MetricsPart(int Pictures, double Accuracy, double TopFiveAccuracy, double MacroF1, double Loss, IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix)
    {
        public static MetricsPart Of(ClassificationMetrics metrics) => new(
            metrics.Images, metrics.Accuracy, metrics.TopFiveAccuracy, metrics.MacroF1, metrics.Loss, [.. metrics.ConfusionMatrix.Select(row => (IReadOnlyList<int>)row)]);
    }

    internal sealed record QuantizedPart(
        string File, int Layers, int FloatLayers, int CalibrationPictures, long BytesBefore, long BytesAfter, LatencyPart Latency, MetricsPart Validation, MetricsPart? Test)
    {
        public static QuantizedPart? Of(QuantizedModel? model) => model is null
            ? null
            : new QuantizedPart(
                FitFiles.QuantizedOnnx, model.Report.QuantizedLayers, model.Report.FloatLayers, model.Report.CalibrationImages, model.Report.BytesBefore, model.Report.BytesAfter,
                LatencyPart.Of(model.Latency), MetricsPart.Of(model.Validation), model.Test is { } test ? MetricsPart.Of(test) : null);
    }
}

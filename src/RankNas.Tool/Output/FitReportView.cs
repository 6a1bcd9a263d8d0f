using RankNas.Fitting;

namespace RankNas.Tool.Output;

/// <summary>A model's making as JSON, and as people read it.</summary>
internal sealed record FitReportView(
    string Folder, string End, string Space, string Arch, long Parameters, long Macs, double LatencyMs, int Pictures, int Skipped, int Evaluations, int Epochs, double Seconds,
    FitReportView.Part Validation, FitReportView.Part? Test, FitReportView.Int8Part? Int8)
{
    public static FitReportView Of(FitResult result) => new(
        result.Folder,
        result.End switch
        {
            FitEnd.Cancelled => "cancelled",
            FitEnd.TimeUsed => "time-used",
            _ => "completed",
        },
        result.Space, result.Architecture.Text, result.Parameters, result.Macs, result.Latency.Milliseconds, result.Pictures.Read, result.Pictures.Skipped.Length, result.Search.Evaluations,
        result.Training.History.Epochs.Length, result.Elapsed.TotalSeconds, Part.Of(result.Validation), result.Test is { } test ? Part.Of(test) : null, Int8Part.Of(result.Quantized));

    public static void Write(TextWriter output, FitReportView report, int? width)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(culture, $"{report.Space}: {report.Arch}"));
        output.WriteLine(string.Create(culture, $"{report.Parameters:N0} parameters, {report.Macs:N0} multiply-accumulates a picture; the best of {report.Evaluations:N0}, trained for {report.Epochs:N0} epochs."));
        output.WriteLine(string.Create(culture, $"{report.LatencyMs:0.###} ms a picture in ONNX Runtime on this machine's CPU, one thread."));
        output.WriteLine($"Validation: {report.Validation}.");
        if (report.Test is { } test)
        {
            output.WriteLine($"Test: {test}.");
        }

        if (report.Int8 is { } int8)
        {
            output.WriteLine(string.Create(culture, $"{FitFiles.QuantizedOnnx}: {int8.LatencyMs:0.###} ms a picture, {int8.Bytes / 1024.0:N0} KiB instead of {int8.BytesBefore / 1024.0:N0}; validation: {int8.Validation}{(int8.Test is { } quantizedTest ? $"; test: {quantizedTest}" : "")}."));
        }

        if (report.Skipped > 0)
        {
            output.WriteLine(string.Create(culture, $"{report.Skipped:N0} pictures could not be read and were left out: {Path.Combine(report.Folder, FitFiles.Summary)} lists them."));
        }

        output.WriteLine(string.Create(culture, $"Written to {report.Folder} in {TimeSpan.FromSeconds(report.Seconds):h\\:mm\\:ss}{(report.End == "completed" ? "" : $" ({report.End})")}: {FitFiles.Onnx}, {FitFiles.Weights}, {FitFiles.Report}, {FitFiles.Summary}."));
        output.WriteLine(string.Create(culture, $"Try it: ranknas predict {report.Folder} picture.jpg"));
    }

    internal sealed record Part(int Pictures, double Accuracy, double MacroF1)
    {
        public static Part Of(Training.ClassificationMetrics metrics) => new(metrics.Images, metrics.Accuracy, metrics.MacroF1);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Accuracy * 100:F1} % of {Pictures:N0} pictures right, macro F1 {MacroF1:F3}");
    }

    internal sealed record Int8Part(double LatencyMs, long Bytes, long BytesBefore, Part Validation, Part? Test)
    {
        public static Int8Part? Of(QuantizedModel? model) => model is null
            ? null
            : new Int8Part(model.Latency.Milliseconds, model.Report.BytesAfter, model.Report.BytesBefore, Part.Of(model.Validation), model.Test is { } test ? Part.Of(test) : null);
    }
}

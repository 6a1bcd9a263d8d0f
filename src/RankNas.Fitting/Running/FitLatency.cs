namespace RankNas.Fitting.Running;

/// <summary>How the latency of a written model is measured.</summary>
internal static class FitLatency
{
    // One model at the end may take more passes than each candidate of a search.
    public static readonly OnnxLatencyOptions Options = new() { WarmUps = 5, Repeats = 51 };

    public static LatencyMeasurement Of(string onnxFile) => new OnnxLatency(Options).Measure(onnxFile);
}

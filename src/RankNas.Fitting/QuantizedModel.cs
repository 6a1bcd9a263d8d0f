using RankNas.Fitting.Quantizing;

namespace RankNas.Fitting;

/// <summary>The quantised form of a model, as it does in ONNX Runtime.</summary>
/// <param name="Report">What was quantised.</param>
/// <param name="Validation">How it does on the validation pictures.</param>
/// <param name="Test">How it does on the test pictures; null where there are none.</param>
/// <param name="Latency">How long it takes for one picture on this machine's CPU, in one thread.</param>
public sealed record QuantizedModel(QuantizationReport Report, ClassificationMetrics Validation, ClassificationMetrics? Test, LatencyMeasurement Latency);

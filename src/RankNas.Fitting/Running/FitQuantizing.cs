using RankNas.Fitting.Quantizing;

namespace RankNas.Fitting.Running;

/// <summary>Writes the quantised form of a model, and measures it.</summary>
internal static class FitQuantizing
{
    // The pictures that it was trained on tell the ranges; none of the others is to be touched.
    public static QuantizedModel Run(FitFolder folder, LabelledSplits splits)
    {
        QuantizationReport report = Quantizer.Quantize(folder.Onnx, splits.Training, folder.QuantizedOnnx);
        return new QuantizedModel(
            report,
            OnnxEvaluator.Evaluate(folder.QuantizedOnnx, splits.Validation!),
            splits.Test is { } test ? OnnxEvaluator.Evaluate(folder.QuantizedOnnx, test) : null,
            FitLatency.Of(folder.QuantizedOnnx));
    }
}

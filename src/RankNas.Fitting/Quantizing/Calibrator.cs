using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;
using RankNas.Fitting.Predicting;

namespace RankNas.Fitting.Quantizing;

/// <summary>Measures the ranges of activations: runs the float32 model with all of them as outputs.</summary>
internal static class Calibrator
{
    private const int BatchSize = 8;

    public static IReadOnlyDictionary<string, ValueRange> Measure(
        ModelProto model, QuantizationPlan plan, LabelledImages images, int[] places, QuantizationOptions options, CancellationToken cancellationToken)
    {
        string[] wanted = [.. plan.Tensors.Select(plan.RangeOf).Distinct().Order(StringComparer.Ordinal)];
        string input = model.Graph.Input.Single(one => model.Graph.Initializer.All(constant => constant.Name != one.Name)).Name;
        ModelProto exposed = model.Clone();
        foreach (string name in wanted.Where(name => name != input && exposed.Graph.Output.All(output => output.Name != name)))
        {
            exposed.Graph.Output.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float } } });
        }

        using OnnxModel loaded = OnnxModel.Load(exposed.ToByteArray(), threads: 0);
        loaded.ThrowUnlessFor(images);
        var measured = wanted.ToDictionary(name => name, _ => new ValueHistogram(), StringComparer.Ordinal);
        Pass((values, histogram) => histogram.Widen(values));
        if (options.Calibration == CalibrationMethod.Percentile)
        {
            Pass((values, histogram) => histogram.Count(values));
        }

        return measured.ToDictionary(
            pair => pair.Key, pair => options.Calibration == CalibrationMethod.Percentile ? pair.Value.Holding(options.Percentile / 100) : pair.Value.Whole, StringComparer.Ordinal);

        void Pass(ValueVisitor visit)
        {
            foreach (int[] batch in places.Chunk(loaded.FixedBatch ?? BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();

                // A model of a fixed batch sees some images twice.
                int[] whole = loaded.FixedBatch is { } size ? [.. Enumerable.Range(0, size).Select(place => batch[place % batch.Length])] : batch;
                float[] pixels = loaded.ImagesOf(images, whole);
                using IDisposableReadOnlyCollection<OrtValue> outputs = loaded.Run(pixels, whole.Length);
                foreach ((int place, string name) in loaded.Outputs.Index())
                {
                    if (measured.TryGetValue(name, out ValueHistogram? histogram))
                    {
                        visit(outputs[place].GetTensorDataAsSpan<float>(), histogram);
                    }
                }

                if (measured.TryGetValue(input, out ValueHistogram? ofInput))
                {
                    visit(pixels, ofInput);
                }
            }
        }
    }

    private delegate void ValueVisitor(ReadOnlySpan<float> values, ValueHistogram histogram);
}

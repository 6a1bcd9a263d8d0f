using Google.Protobuf;
using Onnx;
using RankNas.Files;

namespace RankNas.Fitting.Quantizing;

/// <summary>Quantises ONNX models to 8 bits, for ONNX Runtime: weights once and for all, activations by ranges that are measured on images.</summary>
/// <remarks>
/// <para>
/// The model keeps its operators; QuantizeLinear and DequantizeLinear around them (the QDQ format) say what is held in 8 bits, and ONNX Runtime replaces
/// each such group by an operator on integers. Weights of convolutions are int8, symmetric, with a scale for each output channel; those of matrix products have one scale.
/// Biases are int32. Activations are uint8 with one scale and zero point each (Jacob et al., 2018, equation 1): real = scale · (stored − zero point).
/// </para>
/// <para>
/// Convolutions, matrix products by stored weights, sums, products, concatenations and pooling of quantised values are on integers; ReLU after them costs nothing.
/// Everything else, such as hard-swish, softmax and LayerNorm, stays in float32. BatchNorm is to be folded, as exports do.
/// </para>
/// </remarks>
public static class Quantizer
{
    private const int LeastOpset = 13;

    /// <summary>Quantises a model.</summary>
    /// <param name="onnxFile">The float32 model, with one input of images; its metadata is kept.</param>
    /// <param name="calibrationImages">Images to measure ranges on, such as the training images. They are normalised by their own normalisation, unless the model says that it normalises them itself.</param>
    /// <param name="outputFile">The quantised model. It is written atomically; an existing file is replaced.</param>
    /// <param name="options">The options; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it after the batch at hand; nothing is written then.</param>
    /// <exception cref="InvalidDataException">The file is no such model, is quantised already, or has nothing that can be quantised.</exception>
    /// <exception cref="ArgumentException">The images have another shape.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static QuantizationReport Quantize(
        string onnxFile, LabelledImages calibrationImages, string outputFile, QuantizationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(onnxFile);
        ArgumentNullException.ThrowIfNull(calibrationImages);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputFile);
        options ??= new QuantizationOptions();
        byte[] before = File.ReadAllBytes(onnxFile);
        ModelProto model = Parse(before, onnxFile);
        GraphPreparation.Prepare(model.Graph);
        QuantizationPlan plan = QuantizationPlan.Of(model.Graph);
        if (plan.Layers.Count == 0)
        {
            throw new InvalidDataException($"'{onnxFile}' has no convolution and no matrix product by stored weights: there is nothing to quantise.");
        }

        int[] places = Spread(calibrationImages.Count, options.MaxImages);
        IReadOnlyDictionary<string, ValueRange> ranges = Calibrator.Measure(model, plan, calibrationImages, places, options, cancellationToken);
        new QdqWriter(model.Graph, plan, ranges).Write();
        SetMetadata(model, "quantization", "int8: weights int8, activations uint8, QDQ");
        byte[] after = model.ToByteArray();
        AtomicFile.Write(outputFile, stream => stream.Write(after));
        return new QuantizationReport(plan.Layers.Count, plan.FloatLayers, places.Length, before.Length, after.Length);
    }

    private static ModelProto Parse(byte[] bytes, string file)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException($"'{file}' is no ONNX model, or is damaged: {exception.Message}", exception);
        }

        if (model.Graph is not { Output.Count: > 0 })
        {
            throw new InvalidDataException($"'{file}' is no ONNX model, or is damaged: it has no graph.");
        }

        if (model.OpsetImport.FirstOrDefault(set => set.Domain is "" or "ai.onnx") is not { Version: >= LeastOpset })
        {
            throw new InvalidDataException($"'{file}' has operators of a version before {LeastOpset}, which know no scales by channel: export it with a newer opset.");
        }

        return model.Graph.Node.Any(node => node.OpType is "QuantizeLinear" or "DequantizeLinear" || node.OpType.StartsWith("QLinear", StringComparison.Ordinal))
            ? throw new InvalidDataException($"'{file}' is quantised already: give the float32 model.")
            : model;
    }

    private static int[] Spread(int count, int most)
    {
        int wanted = Math.Min(count, most);
        return [.. Enumerable.Range(0, wanted).Select(place => (int)((long)place * count / wanted))];
    }

    private static void SetMetadata(ModelProto model, string key, string value)
    {
        foreach (StringStringEntryProto old in model.MetadataProps.Where(entry => entry.Key == key).ToArray())
        {
            model.MetadataProps.Remove(old);
        }

        model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}

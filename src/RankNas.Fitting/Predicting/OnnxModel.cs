using Microsoft.ML.OnnxRuntime;

namespace RankNas.Fitting.Predicting;

/// <summary>A model of images in ONNX Runtime, on the CPU.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly int[] _shape;

    private OnnxModel(InferenceSession session, string input, int batch, int[] shape)
    {
        (_session, _inputs, _outputs, _shape) = (session, [input], [.. session.OutputNames], shape);
        FixedBatch = batch > 0 ? batch : null;

        // What an export says of itself.
        IncludesNormalization = session.ModelMetadata.CustomMetadataMap.TryGetValue("image-normalization", out string? said) && said.StartsWith("included", StringComparison.Ordinal);
    }

    /// <summary>Gets the only batch size that the model takes; null where it takes any.</summary>
    public int? FixedBatch { get; }

    /// <summary>Gets whether the model normalises images itself.</summary>
    public bool IncludesNormalization { get; }

    /// <summary>Gets the names of the outputs, in the order of <see cref="Run"/>.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <exception cref="InvalidDataException">It is damaged, or takes something else than images.</exception>
    public static OnnxModel Load(ReadOnlyMemory<byte> model, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return Load(model, options);
    }

    /// <exception cref="InvalidDataException">It is damaged, or takes something else than images.</exception>
    public static OnnxModel Load(ReadOnlyMemory<byte> model, SessionOptions options)
    {
        InferenceSession session;
        try
        {
            session = new InferenceSession(model.ToArray(), options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"This is no ONNX model, or it is damaged: {exception.Message}", exception);
        }

        if (session.InputMetadata.Count == 1 && session.InputMetadata.Single() is { Value: { ElementDataType: Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float } node } input
            && node.Dimensions is [var batch, .. var image] && Array.TrueForAll(image, length => length > 0))
        {
            return new OnnxModel(session, input.Key, batch, image);
        }

        session.Dispose();
        throw new InvalidDataException("The model does not take one batch of images [N, C, H, W] in float32, of which only N is open: export it by ExportOnnx.");
    }

    /// <summary>Gets how many numbers a batch has.</summary>
    public int LengthOf(int batch) => checked(_shape.Aggregate(batch, (product, length) => product * length));

    /// <summary>Gets images as the model takes them, <c>[N, C, H, W]</c>.</summary>
    public float[] ImagesOf(LabelledImages images, int[] places)
    {
        int channels = images.Shape.Channels;
        int plane = images.Shape.Height * images.Shape.Width;
        float[] batch = new float[LengthOf(places.Length)];
        float[] image = new float[channels * plane];
        foreach ((int index, int place) in places.Index())
        {
            ReadOnlySpan<byte> pixels = images.PixelsOf(place);
            if (IncludesNormalization)
            {
                for (int value = 0; value < image.Length; value++)
                {
                    image[value] = pixels[value] / 255f;
                }
            }
            else
            {
                images.Normalize(pixels, image);
            }

            for (int value = 0; value < image.Length; value++)
            {
                batch[index * image.Length + value % channels * plane + value / channels] = image[value];
            }
        }

        return batch;
    }

    /// <exception cref="ArgumentException">The images have another shape.</exception>
    public void ThrowUnlessFor(LabelledImages images)
    {
        if (!_shape.SequenceEqual(images.Shape.Input))
        {
            throw new ArgumentException($"The model takes images of {string.Join(" x ", _shape)}, and these have {string.Join(" x ", images.Shape.Input)}: read them in its size.", nameof(images));
        }
    }

    /// <summary>Runs the model; the caller disposes the outputs.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(float[] images, int batch)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(images, [batch, .. _shape.Select(length => (long)length)]);
        return _session.Run(_run, _inputs, [input], _outputs);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}

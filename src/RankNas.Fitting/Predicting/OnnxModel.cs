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

    private OnnxModel(InferenceSession session, string input, int[] shape) =>
        (_session, _inputs, _outputs, _shape) = (session, [input], [.. session.OutputNames], shape);

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
            && node.Dimensions is [_, .. var image] && Array.TrueForAll(image, length => length > 0))
        {
            return new OnnxModel(session, input.Key, image);
        }

        session.Dispose();
        throw new InvalidDataException("The model does not take one batch of images [N, C, H, W] in float32, of which only N is open: export it by ExportOnnx.");
    }

    /// <summary>Gets how many numbers a batch has.</summary>
    public int LengthOf(int batch) => checked(_shape.Aggregate(batch, (product, length) => product * length));

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

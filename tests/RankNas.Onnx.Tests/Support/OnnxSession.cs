using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests.Support;

/// <summary>A model in ONNX Runtime.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly SessionOptions _options = new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    public OnnxSession(ReadOnlyMemory<byte> model) => Session = new InferenceSession(model.ToArray(), _options);

    public InferenceSession Session { get; }

    public Tensor Run(Tensor images)
    {
        using Tensor contiguous = images.contiguous();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(contiguous.data<float>().ToArray(), images.shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = Session.Run(options, [.. Session.InputNames], [input], [.. Session.OutputNames]);
        return tensor(outputs[0].GetTensorDataAsSpan<float>().ToArray()).reshape(outputs[0].GetTensorTypeAndShape().Shape);
    }

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }
}

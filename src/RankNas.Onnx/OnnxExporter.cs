using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Exports networks to ONNX.</summary>
/// <remarks>
/// What is exported is what the network computes in evaluation mode, in float32 whatever its own precision is. Supported are TorchSharp's
/// <c>Conv2d</c>, <c>BatchNorm2d</c>, <c>Linear</c>, <c>ReLU</c>, <c>Sigmoid</c>, <c>Tanh</c>, <c>Hardswish</c>, <c>AvgPool2d</c>,
/// <c>MaxPool2d</c>, <c>AdaptiveAvgPool2d(1)</c>, <c>Flatten</c>, <c>Identity</c>, <c>Dropout</c>, <c>Dropout2d</c>, any
/// <c>Sequential</c> of them, and every module that is an <see cref="IDescribedModule"/>, as the networks of the built-in spaces are.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>Exports a network to a file, which appears whole or not at all; one that is there is replaced.</summary>
    /// <param name="network">The network, from images <c>[N, C, H, W]</c>; nothing of it is changed.</param>
    /// <param name="path">The file; <c>.onnx</c> is the usual ending.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <exception cref="OnnxExportException">A module of it cannot be exported, or does not fit the images' size; the message names it.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void ExportOnnx(this nn.Module<Tensor, Tensor> network, string path, OnnxOptions? options = null)
    {
        ReadOnlyMemory<byte> model = network.ToOnnx(options);
        AtomicFile.Write(path, file => file.Write(model.Span));
    }

    /// <summary>Exports a network to memory.</summary>
    /// <returns>An ONNX model, as a file has it.</returns>
    /// <inheritdoc cref="ExportOnnx" path="/param[not(@name='path')]"/>
    /// <exception cref="OnnxExportException">A module of it cannot be exported, or does not fit the images' size; the message names it.</exception>
    public static ReadOnlyMemory<byte> ToOnnx(this nn.Module<Tensor, Tensor> network, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new OnnxOptions();
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        var graph = new OnnxGraph(network, options);
        GraphValue output = graph.Finish(graph.Apply(network, graph.Input));
        return OnnxModel.Write(graph, output, options);
    }
}

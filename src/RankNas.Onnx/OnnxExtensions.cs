using RankNas.Files;
using RankNas.Graphs;
using RankNas.Onnx;
using RankNas.Ranking;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Exports networks to ONNX.</summary>
/// <remarks>
/// The model is the network in evaluation mode, always in float32. Supported are all modules of graphs,
/// such as the built-in spaces' networks, and any <c>Sequential</c> of TorchSharp's <c>Conv2d</c>, <c>BatchNorm2d</c>, <c>Linear</c>, <c>LayerNorm</c> over the last
/// dimension, <c>AvgPool2d</c>, <c>MaxPool2d</c>, <c>AdaptiveAvgPool2d</c> to sizes that divide the input size, <c>AdaptiveMaxPool2d(1)</c>, <c>Flatten</c>,
/// <c>Identity</c>, <c>Dropout</c>, <c>Dropout2d</c>, <c>AlphaDropout</c>, <c>Softmax(1)</c>; and the activations <c>ReLU</c>, <c>ReLU6</c>, <c>LeakyReLU</c>, <c>ELU(1)</c>,
/// <c>CELU(1)</c>, <c>SELU</c>, <c>SiLU</c>, <c>GELU</c> by the error function, <c>Mish</c>, <c>Softplus(1)</c>, <c>Softsign</c>, <c>Sigmoid</c>, <c>Tanh</c>,
/// <c>Hardswish</c>, <c>Hardsigmoid</c>. Describe a network with its own <c>forward</c> as a graph.
/// </remarks>
public static class OnnxExtensions
{
    /// <summary>Exports a candidate's network to a file, for the images and classes of its search.</summary>
    /// <remarks>The metadata contain the space, the architecture and, if known, the normalisation of the images.</remarks>
    /// <param name="result">The result of the search.</param>
    /// <param name="candidate">The candidate, such as <c>result.Best</c>.</param>
    /// <param name="path">The file, usually named <c>.onnx</c>. It is written atomically; an existing file is replaced.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <param name="network">The candidate's trained network; if null, the untrained network that was scored.</param>
    /// <exception cref="OnnxExportException">A module of it cannot be exported, or does not fit the images or classes; the message names it.</exception>
    /// <exception cref="ArgumentException">The options want the normalisation in the model, which is not known, or is for other channels.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void ExportOnnx(
        this SearchResult result, ScoredArchitecture candidate, string path, OnnxOptions? options = null, nn.Module<Tensor, Tensor>? network = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        OnnxOptions known = (options ?? new OnnxOptions()).For(result, candidate);
        if (network is not null)
        {
            network.ExportOnnx(path, result.Images.Shape, known);
            return;
        }

        using nn.Module<Tensor, Tensor> scored = result.BuildNetwork(candidate);
        scored.ExportOnnx(path, result.Images.Shape, known);
    }

    /// <summary>Exports a network to a file, atomically; an existing file is replaced.</summary>
    /// <param name="network">The network, from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>; it is not changed.</param>
    /// <param name="path">The file, usually named <c>.onnx</c>.</param>
    /// <param name="shape">The images that it is for, and how many classes it has.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <exception cref="OnnxExportException">A module of it cannot be exported, or does not fit the images or classes; the message names it.</exception>
    /// <exception cref="ArgumentException">The options want the normalisation in the model and have none, or one for other channels.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void ExportOnnx(this nn.Module<Tensor, Tensor> network, string path, NetworkShape shape, OnnxOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ReadOnlyMemory<byte> model = network.ToOnnx(shape, options);
        AtomicFile.Write(path, file => file.Write(model.Span));
    }

    /// <summary>Exports a graph's module to a file, for the images and classes of the graph.</summary>
    /// <param name="network">The module; it is not changed.</param>
    /// <param name="path">The file, usually named <c>.onnx</c>.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <inheritdoc cref="ExportOnnx(nn.Module{Tensor, Tensor}, string, NetworkShape, OnnxOptions?)" path="/exception"/>
    public static void ExportOnnx(this GraphModule network, string path, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.ExportOnnx(path, network.Graph.Shape, options);
    }

    /// <summary>Exports a network to memory.</summary>
    /// <param name="network">The network, from images <c>[N, C, H, W]</c> to logits <c>[N, classes]</c>; it is not changed.</param>
    /// <param name="shape">The images that it is for, and how many classes it has.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <returns>The ONNX model, as in a file.</returns>
    /// <exception cref="OnnxExportException">A module of it cannot be exported, or does not fit the images or classes; the message names it.</exception>
    /// <exception cref="ArgumentException">The options want the normalisation in the model and have none, or one for other channels.</exception>
    public static ReadOnlyMemory<byte> ToOnnx(this nn.Module<Tensor, Tensor> network, NetworkShape shape, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(shape);
        options ??= new OnnxOptions();
        options.ThrowIfUnfit(shape);
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (NetworkGraph graph, IReadOnlyDictionary<string, Tensor> weights) = network is GraphModule described
            ? (GraphFor(shape, described), described.Weights())
            : ModuleGraph.Of(network, shape);
        return new OnnxWriter(graph, weights, options).Write();
    }

    private static NetworkGraph GraphFor(NetworkShape shape, GraphModule network)
    {
        NetworkShape own = network.Graph.Shape;
        return own == shape ? network.Graph : throw new OnnxExportException($"The network's graph is of {TextOf(own)}, but the shape says {TextOf(shape)}: export with the graph's Shape, or describe it for these.");
    }

    private static string TextOf(NetworkShape shape) =>
        FormattableString.Invariant($"images [{string.Join(", ", shape.Input)}] and {shape.Classes} classes");
}

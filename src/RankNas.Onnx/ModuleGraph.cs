using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Onnx;

/// <summary>Reads a <c>Sequential</c> of TorchSharp's layers as a graph of what it computes in evaluation mode, with the names of its parameters.</summary>
internal sealed class ModuleGraph
{
    private readonly Dictionary<string, Tensor> _weights = new(StringComparer.Ordinal);

    /// <summary>Reads a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shape">The images that it is for, and how many classes it has.</param>
    /// <returns>The graph, and the network's own weights by the names that the graph has for them.</returns>
    /// <exception cref="OnnxExportException">A layer has no place in a graph, or does not fit; the message names it.</exception>
    public static (NetworkGraph Graph, IReadOnlyDictionary<string, Tensor> Weights) Of(nn.Module<Tensor, Tensor> network, NetworkShape shape)
    {
        var reader = new ModuleGraph();
        GraphValue output = reader.Apply(network, "", Graph.Images(shape));
        ThrowUnlessLogits(output, shape);
        return (output.Build(), reader._weights);
    }

    private static void ThrowUnlessLogits(GraphValue output, NetworkShape shape)
    {
        if (output.Shape is not [var classes])
        {
            throw new OnnxExportException($"The network gives {Text(output)} for each image, and no logits [classes]: end it with a pooling, Flatten and Linear.");
        }

        if (classes != shape.Classes)
        {
            throw new OnnxExportException(string.Create(
                CultureInfo.InvariantCulture,
                $"The network gives {classes} logits for each image, but the shape says {shape.Classes} classes: export with Classes = {classes}, or build the network for {shape.Classes}."));
        }
    }

    private GraphValue Apply(nn.Module layer, string path, GraphValue input)
    {
        try
        {
            // A class derived from one of TorchSharp's may compute something else.
            return layer.GetType().Assembly == typeof(nn).Assembly
                ? Read(layer, path, input)
                : throw new GraphException($"describe the network as a graph, from {nameof(Graph)}.{nameof(Graph.Images)} on, and export its ToModule()");
        }
        catch (GraphException exception)
        {
            string reason = (exception.InnerException ?? exception).Message.TrimEnd('.');
            throw new OnnxExportException($"'{(path.Length > 0 ? path : layer.GetType().Name)}', a {layer.GetType().Name}, cannot be exported to ONNX: {reason}.", exception);
        }
    }

    private GraphValue Read(nn.Module layer, string path, GraphValue input)
    {
        string? name = path.Length > 0 ? path : null;
        switch (layer)
        {
            case Sequential sequential:
                return sequential.named_children().Aggregate(input, (value, child) => Apply(child.module, path.Length > 0 ? $"{path}.{NameOf(child.name)}" : NameOf(child.name), value));
            case Identity or Dropout or Dropout2d or AlphaDropout:
                return input;
            case Conv2d convolution:
                Require(
                    convolution.padding_mode is PaddingModes.Zeros or PaddingModes.Constant, $"it pads by {convolution.padding_mode}: only zeros are supported");
                RequireImages(input, convolution.in_channels);
                Size2D kernel = Pair(convolution.kernel_size), dilation = Pair(convolution.dilation, 1);
                return Weighted(
                    path, input.Conv(
                        (int)convolution.out_channels, kernel, Pair(convolution.stride, 1), PaddingOf(convolution, kernel, dilation), dilation, (int)convolution.groups,
                        convolution.bias is not null, name),
                    ("weight", convolution.weight), ("bias", convolution.bias));
            case Linear linear:
                Require(
                    input.Shape.Length <= 2 && input.Channels == linear.in_features,
                    $"it takes [{linear.in_features}], but gets {Text(input)}: flatten before it, and export for the images' size that it was made for");
                return Weighted(path, input.Linear((int)linear.out_features, linear.bias is not null, name), ("weight", linear.weight), ("bias", linear.bias));
            case BatchNorm2d normalization:
                RequireImages(input, normalization.num_features);
                Require(
                    normalization.running_mean is not null && normalization.running_var is not null,
                    "it keeps no running statistics: make it with track_running_stats: true");
                return Weighted(
                    path, input.BatchNorm(normalization.eps, name), ("weight", normalization.weight ?? ones(input.Channels, dtype: ScalarType.Float32, device: CPU)),
                    ("bias", normalization.bias ?? zeros(input.Channels, dtype: ScalarType.Float32, device: CPU)),
                    ("running_mean", normalization.running_mean), ("running_var", normalization.running_var));
            case LayerNorm { normalized_shape: [var features] } normalization when normalization.weight is not null && normalization.bias is not null:
                Require(input.Shape[^1] == features, $"it takes {features} features, but gets {Text(input)}");
                return Weighted(path, input.LayerNorm(normalization.eps, name), ("weight", normalization.weight), ("bias", normalization.bias));
            case AvgPool2d pooling:
                Require(pooling.divisor_override is null, "it has a divisor of its own, which ONNX has not");
                return input.AveragePool(
                    Pair(pooling.kernel_size), OptionalPair(pooling.stride), Pair(pooling.padding, 0), pooling.count_include_pad, pooling.ceil_mode, name);
            case MaxPool2d pooling:
                Require(Pair(pooling.dilation, 1) == 1, "its window is dilated, which graphs have not");
                return input.MaxPool(Pair(pooling.kernel_size), OptionalPair(pooling.stride), Pair(pooling.padding, 0), pooling.ceil_mode, name);
            case AdaptiveAvgPool2d pooling:
                return AdaptiveAverage(input, Pair(pooling.output_size), name);
            case AdaptiveMaxPool2d pooling:
                Require(Pair(pooling.output_size) == 1, "of adaptive max pooling, only that to 1x1 is supported");
                return input.GlobalMaxPool(keepDimensions: true, name);
            case Flatten flatten:
                Require(
                    flatten.start_dim == 1 && (flatten.end_dim == -1 || flatten.end_dim == input.Shape.Length),
                    "of flattening, only that of all dimensions after the first is supported");
                return Within(input, path, value => value.Flatten());
            case Softmax { dim: 1 }:
                return Within(input, path, value => value.Softmax(0));
            case LeakyReLU leaky:
                return input.LeakyRelu(leaky.negative_slope, name);
            default:
                return input.Activation(
                    FunctionOf(layer) ?? throw new GraphException("graphs have no such operation: use a layer that is supported, which the documentation of OnnxExtensions lists"), name);
        }
    }

    private static ActivationFunction? FunctionOf(nn.Module layer) => layer switch
    {
        ReLU => ActivationFunction.Relu,
        ReLU6 => ActivationFunction.Relu6,
        SiLU => ActivationFunction.Silu,
        GELU { approximate: not GELU.Approximate.tanh } => ActivationFunction.Gelu,
        Hardswish => ActivationFunction.HardSwish,
        Sigmoid => ActivationFunction.Sigmoid,
        Hardsigmoid => ActivationFunction.HardSigmoid,
        Tanh => ActivationFunction.Tanh,
        ELU { alpha: 1 } or CELU { alpha: 1 } => ActivationFunction.Elu,
        SELU => ActivationFunction.Selu,
        Mish => ActivationFunction.Mish,
        Softplus { beta: 1 } => ActivationFunction.Softplus,
        Softsign => ActivationFunction.Softsign,
        _ => null,
    };

    private GraphValue Weighted(string path, GraphValue output, params IEnumerable<(string Suffix, Tensor? Value)> weights)
    {
        foreach ((string suffix, Tensor? value) in weights.Where(weight => weight.Value is not null))
        {
            _weights.Add($"{path}.{suffix}", value!);
        }

        return output;
    }

    private static Size2D PaddingOf(Conv2d convolution, Size2D kernel, Size2D dilation)
    {
        if (convolution.padding_type != Padding.Same)
        {
            return Pair(convolution.padding, 0);
        }

        Size2D total = (dilation.Height * (kernel.Height - 1), dilation.Width * (kernel.Width - 1));
        Require(total.Height % 2 == 0 && total.Width % 2 == 0, "padding the same on both sides does not keep the size of an even kernel: make it odd");
        return (total.Height / 2, total.Width / 2);
    }

    private static GraphValue AdaptiveAverage(GraphValue input, Size2D size, string? name)
    {
        if (size == 1)
        {
            return input.GlobalAveragePool(keepDimensions: true, name);
        }

        RequireImages(input);
        (int height, int width) = (input.Shape[1], input.Shape[2]);
        Require(
            size is { Height: > 0, Width: > 0 } && height % size.Height == 0 && width % size.Width == 0,
            $"it pools {height}x{width} to {size}, in windows of different sizes: pool to sizes that divide those");
        return input.AveragePool((height / size.Height, width / size.Width), name: name);
    }

    private static GraphValue Within(GraphValue input, string path, Func<GraphValue, GraphValue> body) => path.Length > 0 ? input.Within(path, body) : body(input);

    // Names in a graph are of letters, digits and underscores.
    private static string NameOf(string child) => string.Concat(child.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static Size2D? OptionalPair(long[]? values) => values is { Length: > 0 } ? Pair(values) : null;

    private static Size2D Pair(long[]? values, int otherwise = 0) => values switch
    {
        [var both] => (int)both,
        [var height, var width] => ((int)height, (int)width),
        _ => otherwise,
    };

    private static string Text(GraphValue value) => $"[{string.Join(", ", value.Shape)}]";

    private static void RequireImages(GraphValue input, long? channels = null) => Require(
        input.Shape.Length == 3 && (channels is null || input.Shape[0] == channels),
        $"it takes [{channels?.ToString(CultureInfo.InvariantCulture) ?? "C"}, H, W], but gets {Text(input)}: export for the images' size that it was made for");

    private static void Require([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new GraphException(otherwise);
        }
    }
}

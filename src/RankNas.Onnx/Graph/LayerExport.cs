using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Adds one of TorchSharp's own layers to a graph.</summary>
internal sealed class LayerExport(OnnxGraph graph, nn.Module<Tensor, Tensor> layer, string path)
{
    public OnnxValue Apply(OnnxValue input)
    {
        // A class derived from one of TorchSharp's may compute something else.
        if (layer.GetType().Assembly != typeof(nn).Assembly)
        {
            throw Unsupported($"have its class implement {nameof(IDescribedModule)}, which takes a few lines");
        }

        return layer switch
        {
            Sequential sequential => Apply(sequential, input),
            Identity or Dropout or Dropout2d or AlphaDropout => input,
            Conv2d convolution => Apply(convolution, input),
            BatchNorm2d normalization => Apply(normalization, input),
            Linear linear => Apply(linear, input),
            AvgPool2d pooling => Apply(pooling, input),
            MaxPool2d pooling => Apply(pooling, input),
            AdaptiveAvgPool2d pooling => Apply(pooling, input),
            AdaptiveMaxPool2d pooling => Apply(pooling, input),
            Flatten flatten => Apply(flatten, input),
            _ => new ActivationExport(graph, path, input).Apply(layer) ?? throw Unsupported($"use a layer that is supported, or wrap it in a class that implements {nameof(IDescribedModule)}"),
        };
    }

    private OnnxValue Apply(Sequential sequential, OnnxValue input) => sequential.children().Aggregate(
        input, (value, child) => child is nn.Module<Tensor, Tensor> next
            ? graph.Apply(next, value)
            : throw Unsupported("its layers must each go from one tensor to one tensor"));

    private OnnxValue Apply(Conv2d convolution, OnnxValue input)
    {
        Require(convolution.padding_mode == PaddingModes.Zeros, $"it pads by {convolution.padding_mode}: only zeros are supported");
        RequireImages(input, convolution.in_channels);
        Window window = WindowOf(convolution);
        string[] parameters = Parameters(("weight", convolution.weight), ("bias", convolution.bias));
        return graph.Add(
            "Conv", path, [input.Name, .. parameters], [convolution.out_channels, .. window.Slide(input.Shape, path)],
            [.. window.Attributes(), OnnxAttribute.Of("group", convolution.groups)]);
    }

    private OnnxValue Apply(BatchNorm2d normalization, OnnxValue input)
    {
        RequireImages(input, normalization.num_features);
        Require(
            normalization.running_mean is not null && normalization.running_var is not null,
            "it keeps no running statistics: make it with track_running_stats: true");
        using Tensor one = ones(normalization.num_features, dtype: ScalarType.Float32, device: CPU);
        using Tensor zero = zeros(normalization.num_features, dtype: ScalarType.Float32, device: CPU);
        string[] parameters = Parameters(
            ("weight", normalization.weight ?? one), ("bias", normalization.bias ?? zero),
            ("running_mean", normalization.running_mean), ("running_var", normalization.running_var));
        return graph.Add(
            "BatchNormalization", path, [input.Name, .. parameters], input.Shape, OnnxAttribute.Of("epsilon", (float)normalization.eps));
    }

    private OnnxValue Apply(Linear linear, OnnxValue input)
    {
        Require(
            input.Shape is [var features] && features == linear.in_features,
            $"it takes [{linear.in_features}], but gets {Text(input)}: flatten before it, and export for the images' size that it was made for");
        string[] parameters = Parameters(("weight", linear.weight), ("bias", linear.bias));
        return graph.Add("Gemm", path, [input.Name, .. parameters], [linear.out_features], OnnxAttribute.Of("transB", 1L));
    }

    private OnnxValue Apply(AvgPool2d pooling, OnnxValue input)
    {
        RequireImages(input);
        Require(pooling.divisor_override is null, "it has a divisor of its own, which ONNX has not");
        Window window = new Window(
            Pair(pooling.kernel_size), Pair(pooling.stride, pooling.kernel_size), Pair(pooling.padding, [0]), CeilMode: pooling.ceil_mode).For(input.Shape);
        bool countsPadding = pooling.count_include_pad && window.HasPadding;
        Require(!(countsPadding && window.CeilMode), "it counts the padding and rounds sizes up at once, which runtimes take differently");
        return graph.Add(
            "AveragePool", path, [input.Name], [input.Shape[0], .. window.Slide(input.Shape, path)],
            [.. window.PoolingAttributes(), OnnxAttribute.Of("count_include_pad", countsPadding ? 1L : 0L)]);
    }

    private OnnxValue Apply(MaxPool2d pooling, OnnxValue input)
    {
        RequireImages(input);
        Window window = new Window(
            Pair(pooling.kernel_size), Pair(pooling.stride, pooling.kernel_size), Pair(pooling.padding, [0]), Pair(pooling.dilation, [1]),
            CeilMode: pooling.ceil_mode).For(input.Shape);
        return graph.Add(
            "MaxPool", path, [input.Name], [input.Shape[0], .. window.Slide(input.Shape, path)],
            [.. window.PoolingAttributes(), OnnxAttribute.Of("dilations", window.Dilation)]);
    }

    private OnnxValue Apply(AdaptiveAvgPool2d pooling, OnnxValue input)
    {
        RequireImages(input);
        ImmutableArray<long> sizes = Pair(pooling.output_size), images = input.Shape;
        if (sizes.All(size => size == 1))
        {
            return graph.Add("GlobalAveragePool", path, [input.Name], [images[0], 1, 1]);
        }

        Require(
            sizes.All(size => size > 0) && images[1] % sizes[0] == 0 && images[2] % sizes[1] == 0,
            $"it pools {images[1]}x{images[2]} to {sizes[0]}x{sizes[1]}, in windows of different sizes: pool to sizes that divide those");
        ImmutableArray<long> kernel = [images[1] / sizes[0], images[2] / sizes[1]];
        var window = new Window(kernel, kernel, [0, 0]);
        return graph.Add("AveragePool", path, [input.Name], [images[0], .. sizes], window.PoolingAttributes());
    }

    private OnnxValue Apply(AdaptiveMaxPool2d pooling, OnnxValue input)
    {
        RequireImages(input);
        Require(Pair(pooling.output_size).All(size => size == 1), "of adaptive max pooling, only that to 1x1 is supported");
        return graph.Add("GlobalMaxPool", path, [input.Name], [input.Shape[0], 1, 1]);
    }

    private OnnxValue Apply(Flatten flatten, OnnxValue input)
    {
        Require(
            flatten.start_dim == 1 && (flatten.end_dim == -1 || flatten.end_dim == input.Shape.Length),
            "of flattening, only that of all dimensions after the first is supported");
        return graph.Flatten(input);
    }

    private static Window WindowOf(Conv2d convolution)
    {
        ImmutableArray<long> kernel = Pair(convolution.kernel_size), stride = Pair(convolution.stride, [1]), dilation = Pair(convolution.dilation, [1]);
        if (convolution.padding_type != Padding.Same)
        {
            return new Window(kernel, stride, Pair(convolution.padding, [0]), dilation);
        }

        // PyTorch pads the end by one more where the sum is odd.
        ImmutableArray<long> total = [.. kernel.Zip(dilation, (size, step) => step * (size - 1))];
        return new Window(kernel, stride, [.. total.Select(size => size / 2)], dilation) { EndPadding = [.. total.Select(size => size - size / 2)] };
    }

    private string[] Parameters(params IEnumerable<(string Name, Tensor? Value)> parameters) =>
        [.. parameters.Where(parameter => parameter.Value is not null)
            .Select(parameter => graph.AddConstant($"{path}.{parameter.Name}", parameter.Value!))];

    private static ImmutableArray<long> Pair(long[]? values, long[]? otherwise = null) =>
        (values is { Length: > 0 } ? values : otherwise ?? []) switch
        {
            [long both] => [both, both],
            long[] given => [.. given],
        };

    private static string Text(OnnxValue value) => $"[{string.Join(", ", value.Shape)}]";

    private void RequireImages(OnnxValue input, long? channels = null) => Require(
        input.Shape.Length == 3 && (channels is null || input.Shape[0] == channels),
        $"it takes [{channels?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "C"}, H, W], but gets {Text(input)}: export for the images' size that it was made for");

    private void Require([DoesNotReturnIf(false)] bool condition, string reason)
    {
        if (!condition)
        {
            throw Unsupported(reason);
        }
    }

    private OnnxExportException Unsupported(string reason) => new($"'{path}', a {layer.GetType().Name}, cannot be exported to ONNX: {reason}.");
}

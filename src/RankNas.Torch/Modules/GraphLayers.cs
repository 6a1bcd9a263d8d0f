using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Proxies;
using TorchSharp.Modules;

namespace RankNas.Torch.Modules;

/// <summary>Makes the layers of graphs without drawing weights: modules' own initialisation reads the global generator, which threads share.</summary>
/// <remarks>What a layer is made with on no device is disposed as soon as it is replaced; the layer does not.</remarks>
internal static class GraphLayers
{
    /// <summary>Tells whether an operation has a module, rather than being a function.</summary>
    public static bool IsLayer(GraphNode node) => node.Operation is ConvolutionOperation or LinearOperation or BatchNormOperation or LayerNormOperation
        or ActivationOperation or PoolingOperation or GlobalPoolingOperation or DropoutOperation;

    /// <summary>Makes the module of an operation; null where it is a function.</summary>
    public static nn.Module<Tensor, Tensor>? Of(NetworkGraph graph, GraphNode node) => node.Operation switch
    {
        ConvolutionOperation convolution => Convolution(graph.Nodes[node.Inputs[0]].Shape[0], convolution),
        LinearOperation linear => Linear(graph.Nodes[node.Inputs[0]].Shape[^1], linear),
        BatchNormOperation normalization => BatchNorm(node.Shape[0], normalization.Epsilon),
        LayerNormOperation normalization => LayerNorm(node.Shape[^1], normalization.Epsilon),
        ActivationOperation activation => Activation(activation),
        PoolingOperation pooling => Pooling(pooling),
        GlobalPoolingOperation { Kind: PoolingKind.Average } => nn.AdaptiveAvgPool2d(1L),
        GlobalPoolingOperation => nn.AdaptiveMaxPool2d([1L, 1L]),
        DropoutOperation dropout => nn.Dropout(dropout.Probability),
        _ => null,
    };

    /// <summary>Makes a parameter with whatever is in memory.</summary>
    public static Parameter Parameter(long[] shape) => new(empty(shape, dtype: ScalarType.Float32, device: CPU));

    private static Conv2d Convolution(int inChannels, ConvolutionOperation operation)
    {
        Conv2d layer = nn.Conv2d(
            inChannels, operation.OutChannels, Pair(operation.Kernel), Pair(operation.Stride), Pair(operation.Padding), Pair(operation.Dilation),
            groups: operation.Groups, bias: operation.HasBias, device: META, dtype: ScalarType.Float32);
        using (layer.weight)
        using (layer.bias)
        {
            layer.weight = OnCpu(layer.weight!);
            layer.bias = layer.bias is { } bias ? OnCpu(bias) : null;
        }

        _ = CorrectConvolutions.Repair(layer);
        return layer;
    }

    private static Linear Linear(int inFeatures, LinearOperation operation)
    {
        Linear layer = nn.Linear(inFeatures, operation.OutFeatures, operation.HasBias, device: META, dtype: ScalarType.Float32);
        using (layer.weight)
        using (layer.bias)
        {
            layer.weight = OnCpu(layer.weight!);
            layer.bias = layer.bias is { } bias ? OnCpu(bias) : null;
        }

        return layer;
    }

    private static BatchNorm2d BatchNorm(int channels, double epsilon)
    {
        BatchNorm2d layer = nn.BatchNorm2d(channels, eps: epsilon, device: META, dtype: ScalarType.Float32);
        using (layer.weight)
        using (layer.bias)
        using (layer.running_mean)
        using (layer.running_var)
        using (layer.num_batches_tracked)
        {
            layer.weight = OnCpu(layer.weight!);
            layer.bias = OnCpu(layer.bias!);
            layer.running_mean = zeros(channels, dtype: ScalarType.Float32, device: CPU);
            layer.running_var = ones(channels, dtype: ScalarType.Float32, device: CPU);
            layer.num_batches_tracked = zeros([], dtype: ScalarType.Int64, device: CPU);
        }

        return layer;
    }

    private static LayerNorm LayerNorm(int features, double epsilon)
    {
        LayerNorm layer = nn.LayerNorm(features, eps: epsilon, device: META, dtype: ScalarType.Float32);
        using (layer.weight)
        using (layer.bias)
        {
            layer.weight = OnCpu(layer.weight!);
            layer.bias = OnCpu(layer.bias!);
        }

        return layer;
    }

    private static nn.Module<Tensor, Tensor> Activation(ActivationOperation activation) => activation.Function switch
    {
        var function when HeldActivation.Serves(function) => new HeldActivation(activation),
        ActivationFunction.Relu => nn.ReLU(),
        ActivationFunction.Relu6 => nn.ReLU6(),
        ActivationFunction.Silu => nn.SiLU(),
        ActivationFunction.Gelu => nn.GELU(),
        ActivationFunction.HardSwish => nn.Hardswish(),
        ActivationFunction.Sigmoid => nn.Sigmoid(),
        ActivationFunction.Tanh => nn.Tanh(),
        ActivationFunction.Selu => nn.SELU(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation.Function, "There is no such function."),
    };

    private static nn.Module<Tensor, Tensor> Pooling(PoolingOperation pooling) => pooling.Kind == PoolingKind.Average
        ? nn.AvgPool2d(Pair(pooling.Kernel), Pair(pooling.Stride), Pair(pooling.Padding), pooling.RoundsUp, pooling.CountsPadding)
        : nn.MaxPool2d(Pair(pooling.Kernel), Pair(pooling.Stride), Pair(pooling.Padding), ceil_mode: pooling.RoundsUp);

    private static (long Height, long Width) Pair(Size2D size) => (size.Height, size.Width);

    private static Parameter OnCpu(Parameter onMeta) => Parameter(onMeta.Sizes());
}

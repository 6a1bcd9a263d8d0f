using System.Text.RegularExpressions;
using RankNas.Graphs.Operations;

namespace RankNas.Plotting.Drawings;

/// <summary>Operations in a word or two, and the colours that tell their kinds apart.</summary>
internal static partial class OperationText
{
    public static string Of(NetworkGraph graph, GraphNode node) => node.Operation switch
    {
        ConvolutionOperation convolution => Convolution(convolution, graph.InputShapesOf(node)[0][0]),
        LinearOperation => "linear",
        BatchNormOperation => "BN",
        LayerNormOperation => "LayerNorm",
        ActivationOperation activation => Activation(activation.Function),
        PoolingOperation pooling => $"{Short(pooling.Kind)} pool {Text(pooling.Kernel)}{Stride(pooling.Stride, pooling.Kernel)}",
        GlobalPoolingOperation pooling => $"global {Short(pooling.Kind)} pool",
        AddOperation => "add",
        MultiplyOperation => "multiply",
        ConcatenateOperation => "concatenate",
        SliceOperation => "slice",
        ReshapeOperation when node.Shape.Length == 1 => "flatten",
        ReshapeOperation => "reshape",
        TransposeOperation => "transpose",
        SoftmaxOperation => "softmax",
        MatrixProductOperation => "matrix product",
        ScaleOperation => "scale",
        ZerosOperation => "zeros",
        IdentityOperation => "identity",
        DropoutOperation => "dropout",
        ClassTokenOperation => "class token",
        PositionEmbeddingOperation => "positions",
        InputOperation => "images",
        _ => node.Operation.GetType().Name,
    };

    /// <summary>Gets an edge's operation as the space names it, for people: <c>nor_conv_3x3</c> is <c>nor conv 3×3</c>.</summary>
    public static string Of(GraphEdge edge) => Times().Replace(edge.Operation.Replace('_', ' '), "×");

    /// <summary>Gets the colour of what these nodes do together: of the first that has weights or pools.</summary>
    public static string Color(IEnumerable<GraphNode> nodes, PictureTheme theme) => nodes.Select(node => node.Operation switch
    {
        ConvolutionOperation { Kernel: { Height: 1, Width: 1 } } or LinearOperation => theme.Secondary,
        ConvolutionOperation or MatrixProductOperation => theme.Primary,
        PoolingOperation or GlobalPoolingOperation => theme.Tertiary,
        _ => null,
    }).FirstOrDefault(color => color is not null) ?? theme.Muted;

    /// <summary>Writes a shape: <c>16×32×32</c>.</summary>
    public static string Shape(IEnumerable<int> shape) => string.Join("×", shape);

    /// <summary>Writes a number in three digits: <c>12.3k</c>.</summary>
    public static string Count(long count) => count switch
    {
        < 1_000 => FormattableString.Invariant($"{count}"),
        < 999_500 => FormattableString.Invariant($"{ThreeDigits(count / 1e3)}k"),
        < 999_500_000 => FormattableString.Invariant($"{ThreeDigits(count / 1e6)}M"),
        _ => FormattableString.Invariant($"{ThreeDigits(count / 1e9)}G"),
    };

    private static double ThreeDigits(double value) => Math.Round(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);

    private static string Convolution(ConvolutionOperation convolution, int channels) => (convolution.Groups == channels && channels > 1 ? "depthwise " : "conv ")
        + Text(convolution.Kernel) + Stride(convolution.Stride, 1)
        + (convolution.Groups > 1 && convolution.Groups != channels ? FormattableString.Invariant($", {convolution.Groups} groups") : "")
        + (convolution.Dilation == 1 ? "" : $", dilation {Side(convolution.Dilation)}");

    private static string Stride(Size2D stride, Size2D usual) => stride == usual ? "" : $", stride {Side(stride)}";

    private static string Side(Size2D size) => size.Height == size.Width ? FormattableString.Invariant($"{size.Height}") : Text(size);

    private static string Text(Size2D size) => FormattableString.Invariant($"{size.Height}×{size.Width}");

    private static string Short(PoolingKind kind) => kind == PoolingKind.Average ? "avg" : "max";

    private static string Activation(ActivationFunction function) => function switch
    {
        ActivationFunction.Relu => "ReLU",
        ActivationFunction.Relu6 => "ReLU6",
        ActivationFunction.LeakyRelu => "leaky ReLU",
        ActivationFunction.Silu => "SiLU",
        ActivationFunction.Gelu => "GELU",
        ActivationFunction.HardSwish => "hard swish",
        ActivationFunction.HardSigmoid => "hard sigmoid",
        ActivationFunction.Elu => "ELU",
        ActivationFunction.Selu => "SELU",
        _ => function.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex("(?<=[0-9])x(?=[0-9])")]
    private static partial Regex Times();
}

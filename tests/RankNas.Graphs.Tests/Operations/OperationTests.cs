using System.Collections.Immutable;
using RankNas.Graphs.Operations;

namespace RankNas.Graphs.Tests.Operations;

public sealed class OperationTests
{
    private const string NoDimension3 = "there is no dimension 3: write 0 to 2, not counting the batch.";
    private const string NoWindow = "kernel, stride and dilation are at least 1.";
    private const string NoReshape = "the shape must have 1 to 16 dimensions and hold as many values, 12.";
    private const string NoZeros = "it takes no input, and every size is at least 1.";
    private const string NoInput = "it takes no input and gives images [C, H, W], sequences [T, F] or rows [F].";
    private const string NoTokens = "it takes [tokens, F]: reshape and transpose images first.";
    private const string NoBroadcast = "shapes must be alike, or 1 where they differ: change channels or stride, or project one of them by Conv(channels, 1, stride).";
    private const string NoJoin = "all sizes but those along which values are joined must be alike.";
    private const string TwoAtLeast = "it takes two inputs at least.";

    public static TheoryData<GraphOperation, int[][], string> Mistakes { get; } = new()
    {
        { new ActivationOperation((ActivationFunction)99), [[3, 4, 4]], "there is no such function." },
        { new ActivationOperation(ActivationFunction.Relu, 0.5), [[3, 4, 4]], "a slope is a number, and of LeakyRelu alone." },
        { new ActivationOperation(ActivationFunction.LeakyRelu, double.NaN), [[3, 4, 4]], "a slope is a number, and of LeakyRelu alone." },
        { new ActivationOperation(ActivationFunction.Relu), [[3], [3]], "it takes one input." },
        { new AddOperation(), [[3]], TwoAtLeast },
        { new AddOperation(), [[3, 4, 4], [3, 4, 2]], NoBroadcast },
        { new BatchNormOperation(0), [[3, 4, 4]], "epsilon is above 0." },
        { new BatchNormOperation(double.PositiveInfinity), [[3, 4, 4]], "epsilon is above 0." },
        { new BatchNormOperation(1e-5), [[4, 4]], "it takes images [C, H, W]." },
        { new ClassTokenOperation(), [[4]], NoTokens },
        { new ClassTokenOperation(), [[3, 4, 4]], NoTokens },
        { new ConcatenateOperation(0), [[3, 4, 4]], TwoAtLeast },
        { new ConcatenateOperation(3), [[3, 4, 4], [3, 4, 4]], NoDimension3 },
        { new ConcatenateOperation(-1), [[3, 4, 4], [3, 4, 4]], "there is no dimension -1: write 0 to 2, not counting the batch." },
        { new ConcatenateOperation(0), [[3, 4, 4], [3, 4, 5]], NoJoin },
        { new ConcatenateOperation(0), [[3, 4, 4], [3, 4]], NoJoin },
        { Conv(channels: 0), [[4, 8, 8]], "it gives one channel at least." },
        { Conv(groups: 0), [[4, 8, 8]], "0 groups must divide both 4 and 6 channels." },
        { Conv(groups: 3), [[4, 8, 8]], "3 groups must divide both 4 and 6 channels." },
        { Conv(groups: 4), [[4, 8, 8]], "4 groups must divide both 4 and 6 channels." },
        { Conv(kernel: (0, 3)), [[4, 8, 8]], NoWindow },
        { Conv(kernel: (3, 0)), [[4, 8, 8]], NoWindow },
        { Conv(stride: (0, 1)), [[4, 8, 8]], NoWindow },
        { Conv(stride: (1, 0)), [[4, 8, 8]], NoWindow },
        { Conv(dilation: (0, 1)), [[4, 8, 8]], NoWindow },
        { Conv(dilation: (1, 0)), [[4, 8, 8]], NoWindow },
        { Conv(padding: (-1, 0)), [[4, 8, 8]], "the padding is at least 0." },
        { Conv(padding: (0, -1)), [[4, 8, 8]], "the padding is at least 0." },
        { Conv(kernel: (5, 3), padding: (1, 0), dilation: (3, 1)), [[4, 10, 8]], "its window of 13 pixels is larger than 10 with a padding of 1: make it smaller, or pad more." },
        { new DropoutOperation(1), [[4]], "the probability is from 0 to below 1." },
        { new DropoutOperation(-0.1), [[4]], "the probability is from 0 to below 1." },
        { new GlobalPoolingOperation((PoolingKind)9, KeepsDimensions: false), [[3, 4, 4]], "there is no such pooling." },
        { new GlobalPoolingOperation(PoolingKind.Max, KeepsDimensions: false), [[3, 4]], "it takes images [C, H, W]." },
        { new InputOperation([3, 4, 4]), [[3, 4, 4]], NoInput },
        { new InputOperation([]), [], NoInput },
        { new InputOperation([1, 2, 3, 4]), [], NoInput },
        { new InputOperation([3, 0, 4]), [], NoInput },
        { new LayerNormOperation(0), [[4, 8]], "epsilon is above 0." },
        { new LayerNormOperation(double.PositiveInfinity), [[4, 8]], "epsilon is above 0." },
        { new LinearOperation(0, HasBias: true), [[4]], "it gives one feature at least." },
        { new LinearOperation(2, HasBias: true), [[3, 4, 4]], "it takes [F] or [tokens, F]: write Flatten() or GlobalAveragePool() before it." },
        { new MatrixProductOperation(), [[3, 4]], "it takes two inputs of two dimensions at least." },
        { new MatrixProductOperation(), [[3, 4], [4]], "it takes two inputs of two dimensions at least." },
        { new MatrixProductOperation(), [[3, 4], [5, 4]], "the first has 4 columns and the second 5 rows: transpose one of them." },
        { new MultiplyOperation(), [[3]], "it takes two inputs." },
        { new MultiplyOperation(), [[3], [3], [3]], "it takes two inputs." },
        { new MultiplyOperation(), [[3, 4], [2, 4]], NoBroadcast },
        { Pool(kind: (PoolingKind)9), [[3, 8, 8]], "there is no such pooling." },
        { Pool(padding: (2, 1)), [[3, 8, 8]], "the padding is at most half of the window." },
        { Pool(padding: (1, 2)), [[3, 8, 8]], "the padding is at most half of the window." },
        { new PositionEmbeddingOperation(), [[4]], NoTokens },
        { new ReshapeOperation([]), [[12]], NoReshape },
        { new ReshapeOperation([12, .. Enumerable.Repeat(1, 16)]), [[12]], NoReshape },
        { new ReshapeOperation([-3, -4]), [[12]], NoReshape },
        { new ReshapeOperation([-3, 4, -1]), [[12]], NoReshape },
        { new ReshapeOperation([]), [[1]], "the shape must have 1 to 16 dimensions and hold as many values, 1." },
        { new ReshapeOperation([3, 5]), [[3, 4]], NoReshape },
        { new ScaleOperation(double.NaN), [[3]], "the factor is a number." },
        { new SliceOperation(3, 0, 1), [[3, 4, 4]], NoDimension3 },
        { new SliceOperation(1, -1, 2), [[3, 4, 5]], "the part must lie within 0 to 4." },
        { new SliceOperation(1, 0, 0), [[3, 4, 5]], "the part must lie within 0 to 4." },
        { new SliceOperation(1, 2, 3), [[3, 4, 5]], "the part must lie within 0 to 4." },
        { new SliceOperation(1, 1, int.MaxValue), [[3, 4, 5]], "the part must lie within 0 to 4." },
        { new SoftmaxOperation(3), [[3, 4, 4]], NoDimension3 },
        { new TransposeOperation([0, 1]), [[3, 4, 4]], "the axes must be 0 to 2, each once, not counting the batch." },
        { new TransposeOperation([0, 1, 1]), [[3, 4, 4]], "the axes must be 0 to 2, each once, not counting the batch." },
        { new ZerosOperation([]), [], NoZeros },
        { new ZerosOperation([.. Enumerable.Repeat(1, 17)]), [], NoZeros },
        { new ZerosOperation([2, -3, -4]), [], NoZeros },
        { new ZerosOperation([2, 0]), [], NoZeros },
        { new ZerosOperation([2]), [[2]], NoZeros },
    };

    public static TheoryData<GraphOperation, int[][], int[]> Shapes { get; } = new()
    {
        { new ActivationOperation(ActivationFunction.LeakyRelu, -0.5), [[3, 4, 5]], [3, 4, 5] },
        { new AddOperation(), [[3, 1, 5], [4, 1], [3, 1, 1]], [3, 4, 5] },
        { new ClassTokenOperation(), [[16, 8]], [17, 8] },
        { new ConcatenateOperation(1), [[3, 4, 5], [3, 6, 5], [3, 1, 5]], [3, 11, 5] },
        { new ConcatenateOperation(2), [[3, 4, 5], [3, 4, 6]], [3, 4, 11] },
        { Conv(), [[4, 8, 9]], [6, 6, 7] },
        { Conv(groups: 2, kernel: (1, 3), stride: (2, 3), padding: (0, 2)), [[4, 8, 9]], [6, 4, 4] },
        { Conv(kernel: (3, 2), dilation: (2, 3)), [[4, 5, 4]], [6, 1, 1] },
        { new DropoutOperation(0), [[4]], [4] },
        { new GlobalPoolingOperation(PoolingKind.Average, KeepsDimensions: true), [[3, 4, 5]], [3, 1, 1] },
        { new GlobalPoolingOperation(PoolingKind.Max, KeepsDimensions: false), [[3, 4, 5]], [3] },
        { new IdentityOperation(), [[3, 4]], [3, 4] },
        { new InputOperation([2]), [], [2] },
        { new InputOperation([2, 3]), [], [2, 3] },
        { new LayerNormOperation(1), [[3, 4, 5]], [3, 4, 5] },
        { new LinearOperation(7, HasBias: false), [[3, 4]], [3, 7] },
        { new LinearOperation(1, HasBias: true), [[4]], [1] },
        { new MatrixProductOperation(), [[2, 1, 3, 4], [5, 4, 6]], [2, 5, 3, 6] },
        { new MultiplyOperation(), [[3, 4, 4], [3, 1, 1]], [3, 4, 4] },
        { Pool(), [[3, 8, 8]], [3, 4, 4] },
        { Pool(padding: (1, 0)), [[3, 8, 8]], [3, 5, 4] },
        { Pool(padding: (0, 1)), [[3, 8, 8]], [3, 4, 5] },
        { Pool(stride: 3), [[3, 9, 9]], [3, 3, 3] },
        { Pool(stride: 3, roundsUp: true), [[3, 9, 10]], [3, 3, 4] },
        { Pool(stride: 4, roundsUp: true), [[3, 9, 8]], [3, 3, 2] },
        { Pool(stride: 3, padding: 1, roundsUp: true), [[3, 5, 4]], [3, 2, 2] },
        { Pool(stride: 3, padding: 1, roundsUp: true), [[3, 6, 6]], [3, 3, 3] },
        { new PositionEmbeddingOperation(), [[16, 8]], [16, 8] },
        { new ReshapeOperation([12, .. Enumerable.Repeat(1, 15)]), [[3, 4]], [12, .. Enumerable.Repeat(1, 15)] },
        { new ScaleOperation(-2), [[3]], [3] },
        { new SliceOperation(1, 1, 3), [[3, 4, 5]], [3, 3, 5] },
        { new SliceOperation(2, 0, 1), [[3, 4, 5]], [3, 4, 1] },
        { new SoftmaxOperation(0), [[3, 4]], [3, 4] },
        { new TransposeOperation([2, 0, 1]), [[3, 4, 5]], [5, 3, 4] },
        { new ZerosOperation([.. Enumerable.Repeat(1, 16)]), [], [.. Enumerable.Repeat(1, 16)] },
    };

    public static TheoryData<GraphOperation, int[][], string> Parameters { get; } = new()
    {
        { new BatchNormOperation(1e-5), [[3, 4, 5]], "weight [3] bias [3]" },
        { new ClassTokenOperation(), [[16, 8]], " [1, 1, 8]" },
        { Conv(groups: 2, kernel: (1, 3)), [[4, 8, 9]], "weight [6, 2, 1, 3]" },
        { Conv(kernel: (5, 3), hasBias: true), [[4, 8, 9]], "weight [6, 4, 5, 3] bias [6]" },
        { new LayerNormOperation(1e-5), [[3, 4, 5]], "weight [5] bias [5]" },
        { new LinearOperation(7, HasBias: false), [[3, 4]], "weight [7, 4]" },
        { new LinearOperation(7, HasBias: true), [[3, 4]], "weight [7, 4] bias [7]" },
        { new PositionEmbeddingOperation(), [[16, 8]], " [1, 16, 8]" },
        { new MultiplyOperation(), [[3], [3]], "" },
    };

    public static TheoryData<GraphOperation, int[][], long> Macs { get; } = new()
    {
        { Conv(groups: 2, kernel: (1, 3), stride: (2, 1)), [[4, 8, 9]], 6 * 4 * 7 * 2 * 1 * 3 },
        { Conv(kernel: (5, 3)), [[4, 8, 9]], 6 * 4 * 7 * 4 * 5 * 3 },
        { new LinearOperation(7, HasBias: true), [[3, 4]], 3 * 4 * 7 },
        { new MatrixProductOperation(), [[2, 3, 4], [2, 4, 6]], 2 * 3 * 4 * 6 },
        { new MultiplyOperation(), [[3], [3]], 0 },
    };

    public static TheoryData<GraphOperation, string, string> Names { get; } = new()
    {
        { new ActivationOperation(ActivationFunction.HardSwish), "act", "HardSwish" },
        { new AddOperation(), "add", "a sum" },
        { new BatchNormOperation(1), "norm", "BatchNorm" },
        { new ClassTokenOperation(), "class_token", "a class token" },
        { new ConcatenateOperation(0), "concat", "a concatenation" },
        { Conv(kernel: (5, 3)), "conv", "a 5x3 convolution to 6 channels" },
        { new DropoutOperation(0.5), "dropout", "dropout" },
        { new GlobalPoolingOperation(PoolingKind.Average, KeepsDimensions: false), "pool", "global average pooling" },
        { new GlobalPoolingOperation(PoolingKind.Max, KeepsDimensions: false), "pool", "global max pooling" },
        { new IdentityOperation(), "identity", "the identity" },
        { new InputOperation([3]), "images", "the input" },
        { new LayerNormOperation(1), "norm", "LayerNorm" },
        { new LinearOperation(7, HasBias: false), "linear", "a linear layer to 7 features" },
        { new MatrixProductOperation(), "matmul", "a matrix product" },
        { new MultiplyOperation(), "multiply", "a product" },
        { Pool(), "pool", "average pooling of 2x2" },
        { Pool(kind: PoolingKind.Max), "pool", "max pooling of 2x2" },
        { new PositionEmbeddingOperation(), "position_embedding", "a position embedding" },
        { new ReshapeOperation([3, 4]), "reshape", "a reshape to [3, 4]" },
        { new ScaleOperation(2), "scale", "a scaling" },
        { new SliceOperation(0, 1, 2), "slice", "a slice of 2 from 1" },
        { new SoftmaxOperation(0), "softmax", "a softmax" },
        { new TransposeOperation([1, 0]), "transpose", "a transposition to [1, 0]" },
        { new ZerosOperation([3]), "zeros", "zeros" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_does_not_fit_is_refused_by_what_it_takes(GraphOperation operation, int[][] inputs, string message) =>
        operation.Invoking(own => own.ShapeOf(Of(inputs))).Should().Throw<GraphException>().Which.Message.Should().Be(message);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shape_is_that_of_PyTorch(GraphOperation operation, int[][] inputs, int[] shape) => operation.ShapeOf(Of(inputs)).Should().Equal(shape);

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Parameters_are_those_of_PyTorch(GraphOperation operation, int[][] inputs, string parameters) =>
        string.Join(' ', operation.ParametersOf(Of(inputs)).Select(one => $"{one.Suffix} {GraphOperation.TextOf(one.Shape)}")).Should().Be(parameters);

    [Theory]
    [MemberData(nameof(Macs))]
    public void Macs_are_the_multiplications_of_the_definition(GraphOperation operation, int[][] inputs, long macs) =>
        operation.MacsOf(Of(inputs), operation.ShapeOf(Of(inputs))).Should().Be(macs);

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_of_layers_and_messages_say_what_it_is(GraphOperation operation, string name, string title)
    {
        operation.ShortName.Should().Be(name);
        operation.Title.Should().Be(title);
    }

    [Fact]
    public void Sizes_beyond_Int32_are_no_other_sizes()
    {
        FluentActions.Invoking(() => new ClassTokenOperation().ShapeOf([[int.MaxValue, 1]])).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => new ConcatenateOperation(0).ShapeOf([[int.MaxValue], [1]])).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => Conv(kernel: 1, padding: int.MaxValue).ShapeOf([[4, int.MaxValue, 1]])).Should().Throw<OverflowException>();
    }

    [Fact]
    public void Multiplications_beyond_Int64_are_no_other_number()
    {
        FluentActions.Invoking(() => Conv().MacsOf([[8, 1, 1]], [int.MaxValue, int.MaxValue, 1])).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => new LinearOperation(8, HasBias: false).MacsOf([[int.MaxValue, int.MaxValue]], [int.MaxValue, 8])).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => new MatrixProductOperation().MacsOf([[1, 8], [8, 1]], [int.MaxValue, int.MaxValue])).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => GraphOperation.ElementsOf([int.MaxValue, int.MaxValue, int.MaxValue])).Should().Throw<OverflowException>();
    }

    [Fact]
    public void Operations_with_shapes_are_equal_where_the_shapes_are()
    {
        GraphOperation[] one = [new InputOperation([3, 4]), new ReshapeOperation([3, 4]), new TransposeOperation([1, 0]), new ZerosOperation([3, 4])];
        GraphOperation[] same = [new InputOperation([3, 4]), new ReshapeOperation([3, 4]), new TransposeOperation([1, 0]), new ZerosOperation([3, 4])];
        GraphOperation[] others = [new InputOperation([4, 3]), new ReshapeOperation([4, 3]), new TransposeOperation([0, 1]), new ZerosOperation([4, 3])];

        one.Should().Equal(same).And.OnlyHaveUniqueItems();
        one.Select(operation => operation.GetHashCode()).Should().Equal(same.Select(operation => operation.GetHashCode()));
        one.Should().NotIntersectWith(others);
        one.Select(operation => operation.GetHashCode()).Should().NotIntersectWith(others.Select(operation => operation.GetHashCode()));
        one.Should().NotContain(operation => operation.Equals(null));
    }

    private static ImmutableArray<ImmutableArray<int>> Of(int[][] shapes) => [.. shapes.Select(shape => shape.ToImmutableArray())];

    private static ConvolutionOperation Conv(
        int channels = 6, Size2D? kernel = null, Size2D? stride = null, Size2D? padding = null, Size2D? dilation = null, int groups = 1, bool hasBias = false) =>
        new(channels, kernel ?? 3, stride ?? 1, padding ?? 0, dilation ?? 1, groups, hasBias);

    private static PoolingOperation Pool(
        PoolingKind kind = PoolingKind.Average, Size2D? stride = null, Size2D? padding = null, bool roundsUp = false) =>
        new(kind, 2, stride ?? 2, padding ?? 0, CountsPadding: false, roundsUp);
}

using RankNas.Graphs.Operations;

namespace RankNas.Graphs.Tests;

public sealed class GraphValueTests
{
    private static GraphValue Images => Graph.Images(new NetworkShape());

    public static TheoryData<string, ActivationFunction> Functions { get; } = new()
    {
        { nameof(GraphValue.Relu), ActivationFunction.Relu },
        { nameof(GraphValue.Relu6), ActivationFunction.Relu6 },
        { nameof(GraphValue.Silu), ActivationFunction.Silu },
        { nameof(GraphValue.Gelu), ActivationFunction.Gelu },
        { nameof(GraphValue.HardSwish), ActivationFunction.HardSwish },
        { nameof(GraphValue.Sigmoid), ActivationFunction.Sigmoid },
        { nameof(GraphValue.HardSigmoid), ActivationFunction.HardSigmoid },
        { nameof(GraphValue.Tanh), ActivationFunction.Tanh },
    };

    // PyTorch's padding="same" of odd windows, apart by the dilation.
    [Theory]
    [InlineData(1, 3, 1, 1)]
    [InlineData(3, 5, 1, 1)]
    [InlineData(5, 3, 2, 3)]
    public void Conv_of_an_odd_window_keeps_the_size_where_no_padding_is_given(int height, int width, int down, int across)
    {
        var operation = (ConvolutionOperation)OperationOf(x => x.Conv(4, (height, width), dilation: (down, across)));

        operation.Should().Be(new ConvolutionOperation(4, (height, width), 1, (down * (height - 1) / 2, across * (width - 1) / 2), (down, across), 1, HasBias: false));
        Images.Conv(4, (height, width), dilation: (down, across)).Shape.Should().Equal(4, 32, 32);
    }

    [Fact]
    public void Conv_passes_on_what_is_given() => OperationOf(x => x.Conv(6, 3, stride: (1, 2), padding: (2, 0), dilation: (1, 3), groups: 3, bias: true)).Should()
        .Be(new ConvolutionOperation(6, 3, (1, 2), (2, 0), (1, 3), 3, HasBias: true));

    [Fact]
    public void DepthwiseConv_has_a_group_for_each_channel() => OperationOf(x => x.DepthwiseConv(3, stride: 2, padding: 0, bias: true)).Should()
        .Be(new ConvolutionOperation(3, 3, 2, 0, 1, 3, HasBias: true));

    [Fact]
    public void Pools_stride_by_their_window_where_no_stride_is_given()
    {
        OperationOf(x => x.AveragePool((2, 3))).Should().Be(new PoolingOperation(PoolingKind.Average, (2, 3), (2, 3), 0, CountsPadding: false, RoundsUp: false));
        OperationOf(x => x.MaxPool((2, 3))).Should().Be(new PoolingOperation(PoolingKind.Max, (2, 3), (2, 3), 0, CountsPadding: false, RoundsUp: false));
    }

    [Fact]
    public void Pools_pass_on_what_is_given()
    {
        OperationOf(x => x.AveragePool(3, 2, 1, countPadding: true, roundUp: true)).Should().Be(new PoolingOperation(PoolingKind.Average, 3, 2, 1, CountsPadding: true, RoundsUp: true));
        OperationOf(x => x.MaxPool(3, 2, 1, roundUp: true)).Should().Be(new PoolingOperation(PoolingKind.Max, 3, 2, 1, CountsPadding: false, RoundsUp: true));
        OperationOf(x => x.GlobalAveragePool()).Should().Be(new GlobalPoolingOperation(PoolingKind.Average, KeepsDimensions: false));
        OperationOf(x => x.GlobalMaxPool()).Should().Be(new GlobalPoolingOperation(PoolingKind.Max, KeepsDimensions: false));
        OperationOf(x => x.GlobalMaxPool(keepDimensions: true)).Should().Be(new GlobalPoolingOperation(PoolingKind.Max, KeepsDimensions: true));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Activations_are_those_of_their_names(string method, ActivationFunction function)
    {
        var value = (GraphValue)typeof(GraphValue).GetMethod(method)!.Invoke(Images, ["own"])!;

        NodeOf(value).Operation.Should().Be(new ActivationOperation(function));
        NodeOf(value).Name.Should().Be("own");
    }

    [Fact]
    public void Layers_have_PyTorchs_defaults()
    {
        OperationOf(x => x.LeakyRelu()).Should().Be(new ActivationOperation(ActivationFunction.LeakyRelu, 0.01));
        OperationOf(x => x.BatchNorm()).Should().Be(new BatchNormOperation(1e-5));
        OperationOf(x => x.LayerNorm()).Should().Be(new LayerNormOperation(1e-5));
        OperationOf(x => x.Flatten().Linear(4)).Should().Be(new LinearOperation(4, HasBias: true));
        OperationOf(x => x.Flatten().Linear(4, bias: false)).Should().Be(new LinearOperation(4, HasBias: false));
        OperationOf(x => x.Dropout()).Should().Be(new DropoutOperation(0.5));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(-3, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Softmax_counts_a_negative_axis_from_the_end(int axis, int counted) => OperationOf(x => x.Softmax(axis)).Should().Be(new SoftmaxOperation(counted));

    [Fact]
    public void Channels_are_the_first_of_images_and_the_last_of_all_else()
    {
        Images.Channels.Should().Be(3);
        Images.Reshape(3, 1024).Channels.Should().Be(1024);
        Images.Reshape(3, 2, 16, 32).Channels.Should().Be(32);
        Images.Flatten().Channels.Should().Be(3072);
    }

    [Fact]
    public void Flatten_of_more_values_than_can_be_counted_is_no_other_shape() =>
        FluentActions.Invoking(() => Images.Zeros(1 << 20, 1 << 20).Flatten()).Should().Throw<OverflowException>();

    [Fact]
    public void Edge_whose_caller_says_whether_it_skips_is_taken_at_its_word()
    {
        GraphValue x = Graph.Images(new NetworkShape()).Block("cell", input =>
        {
            input.Edge(0, 1, "skip", edge => edge, isSkip: false);
            return input.Edge(0, 2, "pool", edge => edge.AveragePool(1), isSkip: true);
        });

        x.GlobalAveragePool().Linear(10).Build().Blocks[0].Edges.Should().Equal(new GraphEdge(0, 1, "skip"), new GraphEdge(0, 2, "pool", IsSkip: true));
    }

    [Fact]
    public void Joining_one_value_is_that_value_and_joining_none_is_refused()
    {
        GraphValue x = Images;

        Graph.Sum(x).Should().BeSameAs(x);
        Graph.Concatenate([x]).Should().BeSameAs(x);
        FluentActions.Invoking(() => Graph.Sum()).Should().Throw<GraphException>().WithMessage("There is nothing to join: pass one value at least.");
        Graph.Concatenate([x, x], axis: 2).Shape.Should().Equal(3, 32, 64);
        Graph.Concatenate([x, x]).Shape.Should().Equal(6, 32, 32);
    }

    [Fact]
    public void Images_of_rows_or_sequences_are_refused_by_their_shape()
    {
        FluentActions.Invoking(() => Graph.Images(NetworkShape.OfSequences(5, 7, 2))).Should().Throw<GraphException>()
            .WithMessage("The network takes images [C, H, W], and is given [5, 7]: it is no network for rows or sequences.");
        Graph.Input(NetworkShape.OfSequences(5, 7, 2)).Shape.Should().Equal(5, 7);
    }

    [Fact]
    public void Null_is_refused_by_the_name_of_the_argument()
    {
        NetworkGraph graph = Images.Flatten().Linear(10).Build();
        (Action Act, string Name)[] calls =
        [
            (() => GraphValue.Multiply(null!, Images), "left"),
            (() => GraphValue.Multiply(Images, null!), "right"),
            (() => Images.MatrixProduct(null!), "right"),
            (() => Images.Within("a", null!), "body"),
            (() => Images.Block("a", null!), "body"),
            (() => Images.Edge(0, 1, "a", null!), "body"),
            (() => Graph.Images(null!), "shape"),
            (() => Graph.Input(null!), "shape"),
            (() => Graph.Sum(null!), "values"),
            (() => graph.InputShapesOf(null!), "node"),
            (() => graph.ReadersOf(null!), "node"),
            (() => graph.IsLive(null!), "node"),
            (() => graph.GatedInputOf(null!), "node"),
            (() => graph.IsUngated(null!), "node"),
            (() => NetworkGraph.FromJson((string)null!), "json"),
            (() => NetworkGraph.FromJson((Stream)null!), "json"),
        ];

        Array.ForEach(calls, call => call.Act.Should().Throw<ArgumentNullException>().WithParameterName(call.Name));
    }

    private static GraphOperation OperationOf(Func<GraphValue, GraphValue> layer) => NodeOf(layer(Images)).Operation;

    // The graph ends here, whatever the value is.
    private static GraphNode NodeOf(GraphValue value) => value.Flatten().Linear(10).Build().Nodes[value.Index];
}

using CsCheck;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Onnx.Tests.Support;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Onnx.Tests;

public class GraphExportTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void ToOnnx_AnyGraph_ComputesWhatItsModuleDoes() => RandomGraphs.All.Sample(graph => Check(graph), iter: 250, threads: 1);

    [Fact]
    public void ToOnnx_MobileNetworkWithSqueezeAndExcitation_ComputesWhatItsModuleDoes() => Check(ExampleNetworks.Mobile(new NetworkShape { Height = 48, Width = 40 }));

    [Fact]
    public void ToOnnx_VisionTransformer_ComputesWhatItsModuleDoes() => Check(ExampleNetworks.Transformer(new NetworkShape()));

    public static TheoryData<string> Operations { get; } = [.. typeof(GraphOperation).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(GraphOperation)) && type != typeof(InputOperation)).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void ToOnnx_EachOperation_ComputesWhatItDoes(string operation)
    {
        NetworkGraph graph = GraphWith(operation);
        graph.Nodes.Should().Contain(node => node.Operation.GetType().Name == operation);
        Check(graph);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void ToOnnx_EachActivation_ComputesWhatItDoes(ActivationFunction function) => Check(Graph.Images(Shape)
        .Scale(3).Activation(function == ActivationFunction.LeakyRelu ? ActivationFunction.Relu : function).LeakyRelu(0.3).Flatten().Linear(10).Build());

    public static TheoryData<ActivationFunction> Functions { get; } = [.. Enum.GetValues<ActivationFunction>()];

    [Fact]
    public void ToOnnx_ValuesOfFewerDimensions_ArePutAfterTheBatch()
    {
        GraphValue x = Graph.Images(Shape);
        GraphValue channels = x.GlobalAveragePool().Linear(6), rows = x.AveragePool((1, 6)).Reshape(3, 5).Transpose(1, 0);
        Check((x + channels + rows.Linear(6) * channels).Flatten().Linear(10).Build());
        Check((x * channels + x.MatrixProduct(rows.Linear(5).Flatten().Linear(6).Reshape(6, 1))).Flatten().Linear(10).Build());
    }

    [Fact]
    public void ToOnnx_BatchNormAfterAConvolution_IsFoldedUnlessOthersReadTheConvolution()
    {
        int NormsOf(Func<GraphValue, GraphValue> body)
        {
            NetworkGraph graph = body(Graph.Images(Shape)).GlobalAveragePool().Linear(10).Build();
            Check(graph);
            using GraphModule network = Networks.Of(graph, 1);
            return Networks.CountOf(network.ToOnnx(Shape), "BatchNormalization");
        }

        NormsOf(x => x.Conv(4, 3).Identity().BatchNorm().BatchNorm()).Should().Be(1, "the second follows no convolution");
        NormsOf(x => x.Conv(4, 3) is var y ? y.BatchNorm() + y : y).Should().Be(1, "the sum reads the convolution too");
        NormsOf(x =>
        {
            GraphValue y = x.Conv(4, 3);
            _ = y.Relu();
            return y.BatchNorm();
        }).Should().Be(0, "what leads nowhere does not count");
    }

    [Fact]
    public void ToOnnx_WhatLeadsNowhere_IsLeftOut()
    {
        GraphValue x = Graph.Images(Shape);
        _ = x.Conv(4, 3, name: "unused").BatchNorm();
        using GraphModule network = Networks.Of(x.GlobalAveragePool().Linear(10).Build(), 1);
        Networks.CountOf(network.ToOnnx(Shape), "unused").Should().Be(0);
    }

    [Fact]
    public void ToOnnx_LayerNormInAnOlderOpset_SaysWhichItNeeds()
    {
        using GraphModule network = Networks.Of(ExampleNetworks.Transformer(new NetworkShape()), 1);
        Action export = () => network.ToOnnx(new NetworkShape(), new OnnxOptions { Opset = 16 });
        export.Should().Throw<OnnxExportException>().WithMessage("'layers.0.norm1' cannot be exported to ONNX: LayerNorm needs an Opset of 17 at least.");
    }

    [Fact]
    public void ExportOnnx_OfAGraphsModule_TakesItsShapeFromTheGraph()
    {
        using var folder = new TempFolder();
        using GraphModule network = Networks.Of(ExampleNetworks.Transformer(new NetworkShape { Height = 16, Width = 20, Classes = 3 }), 1);
        network.ExportOnnx(folder.File("network.onnx"), new OnnxOptions { BatchSize = 2 });
        using var session = new OnnxSession(File.ReadAllBytes(folder.File("network.onnx")));
        session.Session.InputMetadata["images"].Dimensions.Should().Equal(2, 3, 16, 20);
        using Tensor images = Networks.Images(1, 2, 3, 16, 20);
        Networks.Difference(network, session, images).Should().BeLessThan(Tolerance);
    }

    private static readonly NetworkShape Shape = new() { Height = 5, Width = 6 };

    private static NetworkGraph GraphWith(string operation)
    {
        GraphValue x = Graph.Images(Shape);
        GraphValue tokens = x.Reshape(3, 30).Transpose(1, 0);
        GraphValue all = operation switch
        {
            nameof(ConvolutionOperation) => x.Conv(6, (3, 2), (2, 1), (1, 2), (1, 2), groups: 3, bias: true),
            nameof(LinearOperation) => tokens.Linear(7).Linear(4, bias: false).Flatten().Linear(8, bias: false),
            nameof(BatchNormOperation) => x.BatchNorm(1e-3).Conv(4, 1, bias: true).BatchNorm(1e-3),
            nameof(LayerNormOperation) => x.LayerNorm() + tokens.LayerNorm(1e-3).Transpose(1, 0).Reshape(3, 5, 6),
            nameof(ActivationOperation) => x.Relu(),
            nameof(PoolingOperation) => x.MaxPool(3, 2, 1, roundUp: true).AveragePool(2, 1, 1, countPadding: true).AveragePool(3, 2, 1, countPadding: true, roundUp: true),
            nameof(GlobalPoolingOperation) => x * x.GlobalAveragePool(keepDimensions: true) * x.GlobalMaxPool(keepDimensions: true) + x.GlobalMaxPool().Linear(6),
            nameof(AddOperation) => Graph.Sum(x, x.Conv(1, 1), x.Relu()),
            nameof(MultiplyOperation) => x * x.Conv(1, 1),
            nameof(ConcatenateOperation) => Graph.Concatenate([x, x.Relu(), Graph.Concatenate([x, x], 2).Slice(2, 3, 6)]),
            nameof(SliceOperation) => x.Slice(0, 1, 2).Slice(1, 0, 3).Slice(2, 5, 1),
            nameof(ReshapeOperation) => x.Reshape(9, 2, 5).Conv(4, 1),
            nameof(TransposeOperation) => x.Transpose(2, 0, 1).Conv(4, 1),
            nameof(SoftmaxOperation) => x.Softmax(0) + x.Softmax(),
            nameof(MatrixProductOperation) => x.MatrixProduct(x.Transpose(0, 2, 1)).MatrixProduct(x),
            nameof(ScaleOperation) => x.Scale(-0.3),
            nameof(ZerosOperation) => x + x.Zeros(3, 5, 1),
            nameof(IdentityOperation) => x.Identity().Relu().Identity("named"),
            nameof(DropoutOperation) => x.Dropout().Relu(),
            nameof(ClassTokenOperation) => tokens.ClassToken(),
            nameof(PositionEmbeddingOperation) => tokens.PositionEmbedding(),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no example of it."),
        };
        return all.Flatten().Linear(10).Identity("logits").Build();
    }

    // The module in float64 says what is right. Where values cancel float32 itself is far off it, and by how much depends on the order of sums:
    // the module in float32 shows that at several images that are nearly the same.
    private static void Check(NetworkGraph graph)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using GraphModule network = Networks.Of(graph, 3), precise = Networks.Of(graph, 3);
        precise.to(ScalarType.Float64);
        Tensor Right(Tensor images) => precise.call(images.to(ScalarType.Float64));
        double Off(Tensor actual, Tensor expected) => (actual - expected).abs().max().item<double>();
        double OffNear(Tensor images, ulong draw) => images * (1 + 1e-6 * Networks.Images(draw, images.shape)) is var near ? Off(network.call(near), Right(near)) : 0;
        foreach (OnnxOptions options in (OnnxOptions[])[new(), new() { FoldBatchNorm = false, Opset = OnnxOptions.NewestOpset }])
        {
            using var session = new OnnxSession(network.ToOnnx(graph.Shape, options));
            foreach (int batch in new[] { 1, 7 })
            {
                Tensor images = Networks.Images(4, batch, graph.Shape.Channels, graph.Shape.Height, graph.Shape.Width);
                Tensor expected = Right(images), actual = session.Run(images);
                double allowed = Math.Max(Tolerance * expected.abs().max().item<double>(), 4 * Enumerable.Range(5, 8).Max(draw => OffNear(images, (ulong)draw)));
                actual.shape.Should().Equal(expected.shape);
                Off(actual, expected).Should().BeLessThanOrEqualTo(allowed, $"batch {batch}, folded {options.FoldBatchNorm}");
            }
        }
    }
}

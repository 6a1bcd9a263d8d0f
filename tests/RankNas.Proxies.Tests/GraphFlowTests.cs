using CsCheck;
using RankNas.Graphs;
using RankNas.Graphs.Operations;
using RankNas.Kernels.Memory;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

/// <summary>Synaptic flow through graphs against automatic differentiation through hooks.</summary>
public sealed class GraphFlowTests
{
    [Fact]
    public void Score_RandomGraphs_IsThatOfAutomaticDifferentiation() =>
        RandomGraphs.Positive.Where(HasNoGate).Sample(graph => CheckAgainstHooks(graph, weights: 0.3, ScalarType.Float64, 1e-9), iter: 300, threads: 1);

    // Values leave what float32 holds after five layers.
    [Theory]
    [InlineData(1e8)]
    [InlineData(1e-8)]
    public void Score_LargeAndSmallWeights_AreKeptInRange(double weights)
    {
        RandomGraphs.Positive.Where(HasNoGate).Sample(graph => CheckAgainstHooks(graph, weights, ScalarType.Float64, 1e-9), iter: 100, threads: 1);
        CheckAgainstHooks(Deep(), weights, ScalarType.Float64, 1e-9);
        CheckAgainstHooks(Deep(), weights, ScalarType.Float32, 1e-5);
    }

    [Fact]
    public void Score_SoftmaxThatTheLogitsDependOn_SaysWhich()
    {
        using GraphModule module = Graph.Images(new NetworkShape()).Flatten().Linear(10).Softmax().Linear(10).Build().ToModule();
        using Tensor images = ones(1, 3, 32, 32);

        FluentActions.Invoking(() => new SynFlow().Score(module, images)).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("synflow is not defined for 'softmax1' (SoftmaxOperation), which is neither linear nor becomes so");
    }

    [Fact]
    public void Score_SoftmaxAtTheEnd_SaysWhich()
    {
        using GraphModule module = Graph.Images(new NetworkShape()).Flatten().Linear(10).Softmax().Build().ToModule();
        using Tensor images = ones(1, 3, 32, 32);

        FluentActions.Invoking(() => new LogSynFlow().Score(module, images)).Should().Throw<ProxyNotApplicableException>().WithMessage("logsynflow is not defined for 'softmax1'*");
    }

    [Fact]
    public void Score_FactorBelowZero_SaysWhich()
    {
        using GraphModule module = Graph.Images(new NetworkShape()).Flatten().Scale(-1).Linear(10).Build().ToModule();
        using Tensor images = ones(1, 3, 32, 32);

        FluentActions.Invoking(() => new LogSynFlow().Score(module, images)).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("logsynflow is not defined for 'scale1', a factor below 0, which makes a flow negative");
    }

    [Fact]
    public void Score_ImagesOfAnotherSize_AreScoredByHooks()
    {
        using GraphModule module = Deep().ToModule();
        using Tensor images = ones(1, 3, 5, 7);

        new LogSynFlow().Score(module, images).Should().Be(new LogSynFlow().Score(new Opaque(module), images));
    }

    [Fact]
    public void Score_SqueezeAndExcite_IsThatOfAnOpenGate()
    {
        NetworkGraph Network(bool isGated)
        {
            GraphValue x = Graph.Images(new NetworkShape { Height = 8, Width = 8 }).Conv(6, 3, name: "first").BatchNorm().HardSwish();
            x = isGated ? x * x.GlobalAveragePool(keepDimensions: true).Conv(3, 1, bias: true).Relu().Conv(6, 1, bias: true).HardSigmoid() : x;
            return x.Conv(4, 1, name: "last").GlobalAveragePool().Linear(10, name: "classifier").Build();
        }

        ScoreWithEqualWeights(Network(isGated: true)).Should().Be(ScoreWithEqualWeights(Network(isGated: false))).And.BePositive();
    }

    [Fact]
    public void Score_Attention_IsThatOfTheMeanOfItsValues()
    {
        const int Tokens = 16, Features = 6;
        NetworkGraph Network(bool isAttention)
        {
            GraphValue tokens = Graph.Images(new NetworkShape { Height = 4, Width = 4 }).Reshape(3, Tokens).Transpose(1, 0);
            GraphValue v = tokens.Linear(Features, name: "v");
            GraphValue mean = isAttention
                ? tokens.Linear(Features, name: "q").MatrixProduct(tokens.Linear(Features, name: "k").Transpose(1, 0)).Scale(0.5).Softmax().MatrixProduct(v).Slice(0, 0, 1).Reshape(Features)
                : v.Transpose(1, 0).Reshape(Features, 1, Tokens).GlobalAveragePool();
            return mean.Linear(10, name: "head").Build();
        }

        ScoreWithEqualWeights(Network(isAttention: true)).Should().BeApproximately(ScoreWithEqualWeights(Network(isAttention: false)), 1e-6).And.BePositive();
    }

    [Fact]
    public void Score_WithMemoryOfTheThread_IsTheSame_AndGivesItBack()
    {
        using GraphModule module = Deep().ToModule();
        using Tensor images = ones(1, 3, 8, 8);
        double expected = new LogSynFlow().Score(module, images);
        var arena = ActivationArena.ForThisThread();
        using (arena)
        {
            new LogSynFlow().Score(module, images).Should().Be(expected);
            arena.Length.Should().BePositive();
        }

        arena.Length.Should().Be(0, "no tensor is left");
    }

    // Also where groups, strides and kernels of 1×1 make matrices views of the weights.
    [Fact]
    public void Score_RandomGraphs_WithMemoryOfTheThread_IsTheSame() => RandomGraphs.Positive.Sample(
        graph =>
        {
            using DisposeScope scope = NewDisposeScope();
            using GraphModule module = graph.ToModule();
            WeightInitializer.Default.Initialize(module, seed: 1);
            Tensor images = ones([1, graph.Shape.Channels, graph.Shape.Height, graph.Shape.Width]);
            (double Score, string? Reason) expected = ScoreOf(new LogSynFlow(), module, images);
            using ActivationArena arena = ActivationArena.ForThisThread();
            ScoreOf(new LogSynFlow(), module, images).Should().Be(expected);
        },
        iter: 200,
        threads: 1);

    private static double ScoreWithEqualWeights(NetworkGraph graph)
    {
        using GraphModule module = graph.ToModule();
        using Tensor images = ones([1, .. graph.Shape.Input.Select(size => (long)size)], ScalarType.Float64);
        using (no_grad())
        {
            Array.ForEach([.. module.parameters()], parameter => nn.init.constant_(parameter, 0.25));
        }

        module.to(ScalarType.Float64);
        return new LogSynFlow().Score(module, images);
    }

    // What hooks see of a gate is a product as any other.
    private static bool HasNoGate(NetworkGraph graph) => !graph.Nodes.Any(node => node.Operation is MultiplyOperation && node.Inputs.Any(
        input => graph.Nodes[input].Operation is ActivationOperation { Function: ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid }));

    private static NetworkGraph Deep()
    {
        GraphValue x = Graph.Images(new NetworkShape { Height = 8, Width = 8 });
        for (int layer = 0; layer < 12; layer++)
        {
            x = x.Conv(6, 3, bias: true).Relu() + x.Conv(6, 1);
        }

        return x.GlobalAveragePool().Linear(10).Build();
    }

    private static void CheckAgainstHooks(NetworkGraph graph, double weights, ScalarType dtype, double tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule module = graph.ToModule();
        using (no_grad())
        {
            using var generator = new Generator(1);
            Array.ForEach([.. module.parameters()], parameter => parameter.copy_(randn(parameter.shape, generator: generator) * weights));
        }

        module.to(dtype);
        using Tensor images = ones([1, graph.Shape.Channels, graph.Shape.Height, graph.Shape.Width], dtype);
        foreach (SynapticFlowProxy proxy in (SynapticFlowProxy[])[new SynFlow(), new LogSynFlow()])
        {
            (double expected, string? reason) = ScoreOf(proxy, new Opaque(module), images);
            (double actual, string? ownReason) = ScoreOf(proxy, module, images);
            if (reason?.EndsWith("beyond what float64 holds", StringComparison.Ordinal) == true)
            {
                // Powers of two between the layers keep more of them in range than float64 alone does.
                (ownReason is null || ownReason.Contains("float64", StringComparison.Ordinal)).Should().BeTrue("it says {0}", ownReason);
                double.IsFinite(actual).Should().BeTrue("what is beyond float64 is no score");
                continue;
            }

            ownReason.Should().Be(reason);
            actual.Should().BeApproximately(expected, tolerance * Math.Abs(expected));
        }
    }

    private static (double Score, string? Reason) ScoreOf(SynapticFlowProxy proxy, nn.Module<Tensor, Tensor> network, Tensor images)
    {
        try
        {
            return (proxy.Score(network, images), null);
        }
        catch (ProxyNotApplicableException exception)
        {
            return (0, exception.Message);
        }
    }
}

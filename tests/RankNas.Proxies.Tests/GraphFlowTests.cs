using CsCheck;
using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

/// <summary>Synaptic flow through graphs against automatic differentiation through hooks.</summary>
public sealed class GraphFlowTests
{
    [Fact]
    public void Score_RandomGraphs_IsThatOfAutomaticDifferentiation() =>
        RandomGraphs.Positive.Sample(graph => CheckAgainstHooks(graph, weights: 0.3, ScalarType.Float64, 1e-9), iter: 300, threads: 1);

    // Values leave what float32 holds after five layers.
    [Theory]
    [InlineData(1e8)]
    [InlineData(1e-8)]
    public void Score_LargeAndSmallWeights_AreKeptInRange(double weights)
    {
        RandomGraphs.Positive.Sample(graph => CheckAgainstHooks(graph, weights, ScalarType.Float64, 1e-9), iter: 100, threads: 1);
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

using MathNet.Numerics.LinearAlgebra;
using RankNas.Graphs;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Blocks;

public class ExpressivityTests
{
    [Fact]
    public void Score_BlocksOfIndependentChannels_IsTheLogarithmOfTheirNumber()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 16, x => x, x => x);
        Tensor images = randn([64, 3, 16, 16], generator: new Generator(1));

        new Expressivity().Score(network, images).Should().BeApproximately(2 * Math.Log(3), 1e-3);
        new Progressivity().Score(network, images).Should().BeApproximately(0, 1e-9);
    }

    [Fact]
    public void Score_BlockThatLeavesOneDirection_HasNoEntropyThere()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 16, x => x, Row.Pointwise(5), x => x)
            .Set(1, arange(1, 6, dtype: ScalarType.Float32).view(5, 1).expand(5, 3).contiguous());
        Tensor images = randn([64, 3, 16, 16], generator: new Generator(1));

        new Expressivity().Score(network, images).Should().BeApproximately(Math.Log(3), 1e-3);
        new Progressivity().Score(network, images).Should().BeApproximately(-Math.Log(3), 1e-3);
    }

    [Fact]
    public void Score_BlockWithoutVariance_HasNoEntropy()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 8, x => x, x => x.Scale(0));
        Tensor images = randn([16, 3, 8, 8], generator: new Generator(1));

        new Progressivity().Score(network, images).Should().BeApproximately(-new Expressivity().Score(network, images), 1e-9);
    }

    [Fact]
    public void Score_CorrelatedChannels_IsThatOfAnotherLibrarysEigenvalues()
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Row.Of(3, 10, x => x, x => x.Conv(6, 3, padding: 0, bias: true));
        Tensor images = randn([8, 3, 10, 10], generator: new Generator(1));

        double expected = EntropyByMathNet(images) + EntropyByMathNet(network.Blocks[1].call(images));

        new Expressivity().Score(network, images).Should().BeApproximately(expected, 1e-5);
    }

    [Fact]
    public void Proxies_Describe_Themselves()
    {
        ProxyDescriptor.Of(new Expressivity()).Should().Be(new ProxyDescriptor("expressivity", "", ScoreDirection.HigherIsBetter));
        ProxyDescriptor.Of(new Progressivity()).Should().Be(new ProxyDescriptor("progressivity", "", ScoreDirection.HigherIsBetter));
    }

    private static double EntropyByMathNet(Tensor features)
    {
        Tensor flat = features.detach().permute(1, 0, 2, 3).reshape(features.shape[1], -1).to(ScalarType.Float64);
        double[][] channels = [.. Enumerable.Range(0, (int)flat.shape[0]).Select(channel => flat[channel].data<double>().ToArray())];
        double[] means = [.. channels.Select(values => values.Average())];
        Matrix<double> covariance = Matrix<double>.Build.Dense(
            channels.Length, channels.Length, (row, column) => channels[row].Zip(channels[column], (left, right) => (left - means[row]) * (right - means[column])).Average());
        Vector<double> eigenvalues = covariance.Evd(Symmetricity.Symmetric).EigenValues.Map(value => value.Real);
        return -(eigenvalues / eigenvalues.Sum()).Sum(share => share * Math.Log(share + 1e-8));
    }

    [Fact]
    public void Score_Tokens_IsThatOfTheirFeaturesAsPixels()
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor images = randn([16, 3, 4, 4], generator: new Generator(1));
        var shape = new NetworkShape { Height = 4, Width = 4 };
        using GraphModule pixels = Graph.Images(shape).Block("a", x => x.Identity()).Block("b", x => x.Relu()).Flatten().Linear(10).Build().ToModule();
        using GraphModule tokens = Graph.Images(shape).Reshape(3, 16).Transpose(1, 0).Block("a", x => x.Identity()).Block("b", x => x.Relu()).Flatten().Linear(10).Build().ToModule();

        new Expressivity().Score(tokens, images).Should().BeApproximately(new Expressivity().Score(pixels, images), 1e-6);
        new Trainability().Score(tokens, images).Should().BeApproximately(new Trainability().Score(pixels, images), 0.2, "the signs that they draw differ");
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class SynapticFlowTests
{
    [Fact]
    public void Score_OneLinearLayer_IsTheFormula()
    {
        using DisposeScope scope = NewDisposeScope();
        TorchSharp.Modules.Linear linear = nn.Linear(12, 5);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), linear);

        // R = Σ |w| x + Σ |b| with x = 1: every gradient is 1.
        double sum = linear.weight!.abs().to(ScalarType.Float64).sum().item<double>();

        new SynFlow().Score(network, randn(2, 3, 2, 2)).Should().BeApproximately(sum, 1e-9 * sum);
        new LogSynFlow().Score(network, randn(2, 3, 2, 2)).Should().BeApproximately(Math.Log(2) * sum, 1e-9 * sum);
    }

    [Fact]
    public void Score_TwoLinearLayers_ConservesTheFlow()
    {
        using DisposeScope scope = NewDisposeScope();
        TorchSharp.Modules.Linear first = nn.Linear(12, 7, hasBias: false);
        TorchSharp.Modules.Linear second = nn.Linear(7, 5, hasBias: false);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), first, nn.ReLU(), second);
        double flow = second.weight!.abs().mm(first.weight!.abs()).to(ScalarType.Float64).sum().item<double>();

        new SynFlow().Score(network, randn(2, 3, 2, 2)).Should().BeApproximately(2 * flow, 1e-6 * flow, "each layer passes all of it on");
    }

    [Fact]
    public void Score_FarBeyondFloat32_IsFiniteByTheNetworksOwnFlow()
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { CellsPerStage = 12 });
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(
            space.Parse("|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"), new NetworkShape());
        using Tensor images = randn(1, 3, 32, 32);
        double own = new LogSynFlow().Score(network, images);
        double byHooks = new LogSynFlow().Score(new Opaque(network), images);

        own.Should().BeApproximately(byHooks, 1e-5 * byHooks);
        new SynFlow().Score(network, images).Should().BeGreaterThan(1e40);
    }

    // The network differentiates by itself; the hooks leave that to libtorch. Odd sizes leave half squares, and one pixel has no neighbours.
    [Theory]
    [InlineData(32, 32)]
    [InlineData(13, 6)]
    [InlineData(5, 3)]
    [InlineData(1, 1)]
    public void Score_ByTheNetworkItself_IsThatOfAutomaticDifferentiation(int height, int width)
    {
        foreach (ISearchSpace space in (ISearchSpace[])[new NatsTopologySpace(), new NatsSizeSpace()])
        {
            var random = new Random(height);
            for (int index = 0; index < 8; index++)
            {
                Architecture architecture = space.Sample(random);
                using nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, new NetworkShape { Height = height, Width = width });
                WeightInitializer.Default.Initialize(network, new WeightSeed(0, architecture.Text));
                network.to(ScalarType.Float64);
                using Tensor images = randn([1, 3, height, width], ScalarType.Float64);

                double own = new SynFlow().Score(network, images);
                double ofHooks = new SynFlow().Score(new Opaque(network), images);
                own.Should().BeApproximately(ofHooks, 1e-12 * ofHooks, architecture.Text);
                double ownLog = new LogSynFlow().Score(network, images);
                double logOfHooks = new LogSynFlow().Score(new Opaque(network), images);
                ownLog.Should().BeApproximately(logOfHooks, 1e-12 * logOfHooks, architecture.Text);
            }
        }
    }

    [Fact]
    public void Score_ManyArchitectures_Float32IsWithinAHundredThousandthOfFloat64()
    {
        foreach (ISearchSpace space in (ISearchSpace[])[new NatsTopologySpace(), new NatsSizeSpace()])
        {
            var random = new Random(5);
            for (int index = 0; index < 12; index++)
            {
                Architecture architecture = space.Sample(random);
                using nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, new NetworkShape());
                WeightInitializer.Default.Initialize(network, new WeightSeed(0, architecture.Text));
                using Tensor single = randn(1, 3, 32, 32);
                using Tensor wide = single.to(ScalarType.Float64);
                double inSingle = new LogSynFlow().Score(network, single);
                network.to(ScalarType.Float64);
                double inDouble = new LogSynFlow().Score(network, wide);

                inSingle.Should().BeApproximately(inDouble, 1e-5 * inDouble, architecture.Text);
            }
        }
    }

    [Fact]
    public void Score_NothingToFlowThrough_SaysSo()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten());

        FluentActions.Invoking(() => new SynFlow().Score(network, ones(1, 3, 2, 2)))
            .Should().Throw<InvalidOperationException>().WithMessage("synflow saw no convolution or linear layer");
    }

    [Fact]
    public void Score_ThreeDimensionsAndOne_WorkToo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            nn.Unflatten(1, [1, 3]), nn.Conv3d(1, 2, 2), nn.Flatten(2), nn.Conv1d(2, 2, 3), nn.Flatten());

        new LogSynFlow().Score(network, randn(1, 3, 4, 4)).Should().BePositive();
    }
}

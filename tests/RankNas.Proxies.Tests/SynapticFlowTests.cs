using RankNas.Graphs;
using RankNas.Proxies.Tests.Zoo;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

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

        new SynFlow().Score(network, NormalDraw.Of(2, 3, 2, 2)).Should().BeApproximately(sum, 1e-9 * sum);
        new LogSynFlow().Score(network, NormalDraw.Of(2, 3, 2, 2)).Should().BeApproximately(Math.Log(2) * sum, 1e-9 * sum);
    }

    [Fact]
    public void Score_TwoLinearLayers_ConservesTheFlow()
    {
        using DisposeScope scope = NewDisposeScope();
        TorchSharp.Modules.Linear first = nn.Linear(12, 7, hasBias: false);
        TorchSharp.Modules.Linear second = nn.Linear(7, 5, hasBias: false);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), first, nn.ReLU(), second);
        double flow = second.weight!.abs().mm(first.weight!.abs()).to(ScalarType.Float64).sum().item<double>();

        new SynFlow().Score(network, NormalDraw.Of(2, 3, 2, 2)).Should().BeApproximately(2 * flow, 1e-6 * flow, "each layer passes all of it on");
    }

    [Fact]
    public void Score_FarBeyondFloat32_IsFiniteByTheNetworksOwnFlow()
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { CellsPerStage = 12 });
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(
            space.Parse("|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"), new NetworkShape());
        using Tensor images = NormalDraw.Of(1, 3, 32, 32);
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
                using Tensor images = NormalDraw.Of(1, 3, height, width).to(ScalarType.Float64);

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
                using Tensor single = NormalDraw.Of(1, 3, 32, 32);
                using Tensor wide = single.to(ScalarType.Float64);
                double inSingle = new LogSynFlow().Score(network, single);
                network.to(ScalarType.Float64);
                double inDouble = new LogSynFlow().Score(network, wide);

                inSingle.Should().BeApproximately(inDouble, 1e-5 * inDouble, architecture.Text);
            }
        }
    }

    public static TheoryData<string> Activations { get; } = [.. ActivationLayers.Names];

    // ReLU6 once saturated: 39.4, 40.0 and 38.5 where ReLU had 275, 823 and 2,927.
    [Theory]
    [MemberData(nameof(Activations))]
    public void Score_EveryActivation_FlowsAsReluAtAllDepths(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (int depth in (int[])[1, 2, 4])
        {
            using nn.Module<Tensor, Tensor> relu = Deep(depth, () => nn.ReLU());
            using nn.Module<Tensor, Tensor> network = Deep(depth, () => ActivationLayers.Create(name));
            double expected = new LogSynFlow().Score(relu, ones(1, 3, 8, 8));

            new LogSynFlow().Score(network, ones(1, 3, 8, 8)).Should().BeApproximately(expected, 1e-12 * expected);
        }
    }

    public static TheoryData<string> Normalizations { get; } = ["batch", "layer", "group", "instance", "none"];

    [Theory]
    [MemberData(nameof(Normalizations))]
    public void Score_EveryNormalization_IsTheIdentity(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        TorchSharp.Modules.Conv2d convolution = nn.Conv2d(3, 4, 3);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(convolution, Normalization(name), nn.Flatten(), nn.Linear(144, 5));
        WeightInitializer.Default.Initialize(network, seed: 4);
        using nn.Module<Tensor, Tensor> plain = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.Linear(144, 5));
        WeightInitializer.Default.Initialize(plain, seed: 4);

        new SynFlow().Score(network, ones(1, 3, 8, 8)).Should().Be(new SynFlow().Score(plain, ones(1, 3, 8, 8)));
    }

    [Fact]
    public void Score_ParameterOfItsOwn_FlowsByItsAbsoluteValue()
    {
        using DisposeScope scope = NewDisposeScope();
        TorchSharp.Modules.Linear linear = nn.Linear(12, 5, hasBias: false);
        using var network = new MultipliesParameter(5, nn.Flatten(), linear);
        Tensor matrix = network.parameters().Single(parameter => !ReferenceEquals(parameter, linear.weight)).detach().to(ScalarType.Float64);
        double expected = (linear.weight!.abs().to(ScalarType.Float64).sum(1) * matrix.abs().sum(1)).sum().item<double>();

        new SynFlow().Score(network, NormalDraw.Of(2, 3, 2, 2)).Should().BeApproximately(expected, 1e-9 * expected);
        matrix.lt(0).any().item<bool>().Should().BeTrue("there is something to make positive");
    }

    [Fact]
    public void Score_TensorThatIsRegisteredNowhere_FlowsToo()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new MultipliesUnregistered(5, nn.Flatten(), nn.Linear(12, 5));

        new SynFlow().Score(network, NormalDraw.Of(2, 3, 2, 2)).Should().BePositive();
        network.call(NormalDraw.Of(2, 3, 2, 2)).dtype.Should().Be(ScalarType.Float32, "all is as it was");
    }

    [Fact]
    public void Score_PaddingModesAndTransposedConvolutions_AreOfTheirLayers()
    {
        using DisposeScope scope = NewDisposeScope();
        TorchSharp.Modules.Conv2d circular = nn.Conv2d(3, 2, 3, padding: 1, padding_mode: PaddingModes.Circular, bias: false);
        TorchSharp.Modules.ConvTranspose2d transposed = nn.ConvTranspose2d(2, 4, 2, stride: 2, bias: false);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(circular, transposed, nn.Flatten());

        // Every pixel of the first passes on all of its nine weights, of the second each of its four to a pixel of its own.
        Tensor first = circular.weight!.abs().to(ScalarType.Float64).sum([1, 2, 3]);
        Tensor second = transposed.weight!.abs().to(ScalarType.Float64).sum([1, 2, 3]);
        double flow = 16 * (first * second).sum().item<double>();

        new SynFlow().Score(network, NormalDraw.Of(1, 3, 4, 4)).Should().BeApproximately(2 * flow, 1e-9 * flow);
    }

    [Fact]
    public void Score_NetworkThatNegates_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new Negates(nn.Flatten(), nn.Linear(12, 5));

        FluentActions.Invoking(() => new LogSynFlow().Score(network, NormalDraw.Of(1, 3, 2, 2))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("logsynflow saw a negative flow through layer1 (subtraction, division*");
    }

    [Fact]
    public void Score_FlowBeyondFloat64_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = Deep(60, () => nn.ReLU());
        using (no_grad())
        {
            foreach (TorchSharp.Modules.Parameter parameter in network.parameters())
            {
                parameter.fill_(1e6);
            }
        }

        FluentActions.Invoking(() => new SynFlow().Score(network, NormalDraw.Of(1, 3, 8, 8))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("synflow saw a flow through * beyond what float64 holds");
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("GLU")]
    public void Score_LayerThatIsNeitherLinearNorBecomesSo_SaysWhich(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            nn.Flatten(), nn.Linear(12, 6), name == "GLU" ? nn.GLU() : nn.Softmax(1), nn.Linear(name == "GLU" ? 3 : 6, 2));

        FluentActions.Invoking(() => new SynFlow().Score(network, NormalDraw.Of(1, 3, 2, 2))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage($"synflow is not defined for {name}, which is neither linear nor becomes so");
    }

    [Fact]
    public void Score_CallersStateAndHandles_AreAsTheyWere()
    {
        using DisposeScope scope = NewDisposeScope();
        TorchSharp.Modules.Conv2d convolution = nn.Conv2d(3, 4, 3);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(convolution, nn.BatchNorm2d(4), nn.PReLU(1), nn.Flatten(), nn.Linear(144, 4));
        network.call(NormalDraw.Of(2, 3, 8, 8)).sum().backward();
        convolution.bias!.requires_grad = false;
        IntPtr handle = convolution.weight!.Handle;
        double gradient = convolution.weight.grad!.sum().item<float>();
        double expected = new SynFlow().Score(network, NormalDraw.Of(1, 3, 8, 8));

        using (inference_mode())
        {
            new SynFlow().Score(network, NormalDraw.Of(1, 3, 8, 8)).Should().Be(expected);
        }

        convolution.weight.Handle.Should().Be(handle);
        convolution.weight.dtype.Should().Be(ScalarType.Float32);
        convolution.weight.grad!.sum().item<float>().Should().Be((float)gradient);
        convolution.bias.requires_grad.Should().BeFalse();
        convolution.weight.requires_grad.Should().BeTrue();
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

        new LogSynFlow().Score(network, NormalDraw.Of(1, 3, 4, 4)).Should().BePositive();
    }

    private static TorchSharp.Modules.Sequential Deep(int depth, Func<nn.Module<Tensor, Tensor>> activation)
    {
        TorchSharp.Modules.Sequential network = nn.Sequential([nn.Conv2d(3, 8, 3), .. Enumerable.Range(0, depth).Select(_ =>
            (nn.Module<Tensor, Tensor>)nn.Sequential(activation(), nn.Conv2d(8, 8, 3, padding: 1))), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10)]);
        WeightInitializer.Default.Initialize(network, seed: 6);
        return network;
    }

    private static nn.Module<Tensor, Tensor> Normalization(string name) => name switch
    {
        "batch" => nn.BatchNorm2d(4),
        "layer" => nn.LayerNorm([4, 6, 6]),
        "group" => nn.GroupNorm(2, 4),
        "instance" => nn.InstanceNorm2d(4),
        _ => nn.Identity(),
    };
}

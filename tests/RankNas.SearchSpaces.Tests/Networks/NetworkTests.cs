using CsCheck;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.SearchSpaces.Tests.Networks;

public class NetworkTests
{
    private static readonly NatsTopologySpace Topology = new();
    private static readonly NatsSizeSpace Size = new();

    public static TheoryData<string> Golden { get; } = [.. GoldenCase.All().Select(golden => golden.Arch)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Golden))]
    public void CostOf_Golden_IsExact(string arch)
    {
        GoldenCase golden = GoldenCase.Of(arch);

        golden.Space.CostOf(golden.Architecture, new NetworkShape()).Should().Be(new NetworkCost(golden.Parameters, golden.Macs));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Golden))]
    public void Call_GoldenInFloat64_GivesTheLogits(string arch) => CheckLogits(GoldenCase.Of(arch), ScalarType.Float64, 1e-6);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Golden))]
    public void Call_GoldenInFloat32_GivesTheLogits(string arch) => CheckLogits(GoldenCase.Of(arch), ScalarType.Float32, 1e-3);

    [Fact]
    public void CostOf_AnyArchitectureAndShape_IsWhatTheNetworkHas() => Gen.Select(
        Gen.Bool, Gen.Int, Gen.Int[1, 120], Gen.Int[1, 4], Gen.Int[5, 40], Gen.Int[5, 40]).Sample(
        (isTopology, seed, classes, channels, height, width) =>
        {
            ISearchSpace space = isTopology ? new NatsTopologySpace(new NatsTopologyOptions { Channels = 4 + 4 * (seed & 3), CellsPerStage = 1 }) : Size;
            var shape = new NetworkShape { Classes = classes, Channels = channels, Height = height, Width = width };
            Architecture architecture = space.Sample(new Random(seed));
            return space.CostOf(architecture, shape) == NetworkCostMeter.Measure(space, architecture, shape);
        }, iter: 30);

    [Fact]
    public void Dispose_AnyNetwork_LeavesNoNativeModule_HoweverOften()
    {
        foreach (ISearchSpace space in new ISearchSpace[] { Topology, Size })
        {
            nn.Module network = space.BuildNetwork(space.Sample(new Random(1)), new NetworkShape());
            nn.Module[] layers = [.. network.modules().Prepend(network)];

            network.Dispose();
            network.Dispose();

            layers.Should().OnlyContain(layer => NativeHalf.IsFree(layer));
        }
    }

    [Fact]
    public void Passes_ReportsEveryLayerOfTheModule()
    {
        foreach (string arch in GoldenCase.All().Select(golden => golden.Arch))
        {
            GoldenCase golden = GoldenCase.Of(arch);
            using var scope = NewDisposeScope();
            using nn.Module<Tensor, Tensor> network = golden.BuildNetwork(ScalarType.Float32);
            var layers = new LayerList(LayerKinds.Activation | LayerKinds.Pooling | LayerKinds.Convolution | LayerKinds.Linear);
            using IDisposable guard = no_grad();
            layers.Watch(network, golden.Images(ScalarType.Float32, 2));

            layers.Count(LayerKinds.Convolution).Should().Be(golden.Convolutions);
            layers.Count(LayerKinds.Pooling).Should().Be(golden.Poolings);
            layers.Count(LayerKinds.Linear).Should().Be(1);
            layers.Units(LayerKinds.Activation).Should().Be(golden.ReluUnits);
        }
    }

    [Fact]
    public void Passes_ReportsWhatTheModuleRuns_EvenWhereNothingReadsWhatComesOut() => Gen.Int.Sample(
        seed =>
        {
            var space = new NatsTopologySpace(new NatsTopologyOptions { Channels = 8, CellsPerStage = 1, IncludeBroken = true });
            using var scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.Sample(new Random(seed)), new NetworkShape { Height = 16, Width = 16 });
            var seen = new LayerList(LayerKinds.Activation | LayerKinds.Pooling | LayerKinds.Convolution | LayerKinds.Linear);
            seen.Watch(network, NormalDraw.Of(2, 3, 16, 16));

            nn.Module[] layers = [.. network.modules().Distinct()];
            seen.Count(LayerKinds.Convolution).Should().Be(layers.OfType<Conv2d>().Count());
            seen.Count(LayerKinds.Activation).Should().Be(layers.OfType<ReLU>().Count());
            seen.Count(LayerKinds.Pooling).Should().Be(layers.OfType<AvgPool2d>().Count() + layers.OfType<AdaptiveAvgPool2d>().Count());
        },
        iter: 60);

    [Fact]
    public void Passes_WhereAWholeCellGivesZeros_CountEachConvolutionOnce()
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { Channels = 8, CellsPerStage = 1, IncludeBroken = true });
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(
            space.Parse("|none~0|+|none~0|skip_connect~1|+|none~0|none~1|none~2|"), new NetworkShape { Height = 16, Width = 16 });
        using var scope = NewDisposeScope();
        var seen = new LayerList(LayerKinds.Convolution);

        seen.Watch(network, ones([2, 3, 16, 16], dtype: ScalarType.Float32, device: CPU));

        // The stem's, and three in each of two residual blocks.
        seen.Count(LayerKinds.Convolution).Should().Be(7);
    }

    [Fact]
    public void Passes_LeavesRunningStatisticsAlone()
    {
        using var scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = Size.BuildNetwork(Size.FromIndex(0), new NetworkShape());
        new LayerList(LayerKinds.Activation).Watch(network, NormalDraw.Of(2, 3, 32, 32));

        foreach ((string name, Tensor buffer) in network.named_buffers())
        {
            double expected = name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : 0;
            buffer.to(ScalarType.Float64).eq(expected).all().item<bool>().Should().BeTrue(name);
        }
    }

    [Fact]
    public void Passes_DoesNotTouchWhatItReported()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        foreach (string arch in GoldenCase.All().Select(golden => golden.Arch))
        {
            GoldenCase golden = GoldenCase.Of(arch);
            using nn.Module<Tensor, Tensor> network = golden.BuildNetwork(ScalarType.Float32);
            var layers = new LayerList(LayerKinds.Activation | LayerKinds.Pooling | LayerKinds.Convolution, keep: true);
            layers.Watch(network, golden.Images(ScalarType.Float32, 2));
            layers.AreUnchanged().Should().BeTrue(arch);
            layers.Dispose();
        }
    }

    [Fact]
    public void Parameters_Topology_HaveTheNamesOfNatsBench()
    {
        using nn.Module<Tensor, Tensor> network = Topology.BuildNetwork(
            Topology.Parse("|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|"), new NetworkShape());

        string[] names = [.. network.named_parameters().Select(named => named.name)];
        names.Should().Contain(
        [
            "stem.0.weight", "stem.1.weight", "stem.1.bias", "cells.3.layers.2.op.1.weight", "cells.3.layers.2.op.2.bias", "cells.5.conv_a.op.1.weight",
            "cells.5.conv_b.op.2.weight", "cells.5.downsample.1.weight", "lastact.0.weight", "classifier.weight", "classifier.bias",
        ]);
        names.Should().OnlyHaveUniqueItems().And.NotContain(name => name.StartsWith("cells.0.layers.3", StringComparison.Ordinal));
        network.named_buffers().Select(named => named.name).Should().Contain("cells.0.layers.0.op.2.running_mean").And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Parameters_Size_HaveTheNamesOfNatsBench()
    {
        using nn.Module<Tensor, Tensor> network = Size.BuildNetwork(Size.Parse("8:16:24:32:40"), new NetworkShape());

        network.named_parameters().Select(named => named.name).Should()
            .Contain("cells.2.layers.3.conv.weight").And.Contain("cells.2.layers.3.bn.weight").And.Contain("cells.4.layers.5.op.1.weight")
            .And.NotContain(name => name.StartsWith("cells.0.layers.3", StringComparison.Ordinal), "a skip between equal widths has none");
    }

    [Fact]
    public void Call_InTraining_HasGradientsForEveryParameter()
    {
        using var scope = NewDisposeScope();
        using IDisposable alone = GradientPasses.Exclusive();
        using nn.Module<Tensor, Tensor> network = Size.BuildNetwork(Size.Parse("24:40:56:40:24"), new NetworkShape());
        nn.functional.cross_entropy(network.call(NormalDraw.Of(16, 3, 32, 32)), zeros(16, dtype: ScalarType.Int64)).backward();

        network.named_parameters().Should().OnlyContain(named => HasFiniteGradient(named.parameter));
    }

    // 16 images, and widths that libtorch gets wrong in some layouts on processors with AVX-512.
    [Theory]
    [InlineData("24:40:56:40:24")]
    [InlineData("40:56:40:24:40")]
    public void Call_InTraining_HasTheGradientsOfFloat64(string arch)
    {
        using var scope = NewDisposeScope();
        using IDisposable alone = GradientPasses.Exclusive();
        using nn.Module<Tensor, Tensor> single = Size.BuildNetwork(Size.Parse(arch), new NetworkShape());
        using nn.Module<Tensor, Tensor> twofold = Size.BuildNetwork(Size.Parse(arch), new NetworkShape());
        twofold.to(ScalarType.Float64);
        using var generator = new Generator(3, CPU);
        Tensor images = randn([16, 3, 16, 16], generator: generator);
        Tensor labels = arange(16).remainder(10);
        nn.functional.cross_entropy(single.call(images), labels).backward();
        nn.functional.cross_entropy(twofold.call(images.to(ScalarType.Float64)), labels).backward();

        // A ReLU whose input is all but 0 may switch the other way in float32, which moves gradients by up to a hundredth. Wrong convolutions
        // move them by a fifth or more.
        double largest = twofold.parameters().Max(parameter => parameter.grad!.norm().item<double>());
        foreach (((string name, Parameter actual), (_, Parameter expected)) in single.named_parameters().Zip(twofold.named_parameters()))
        {
            Tensor error = (actual.grad!.to(ScalarType.Float64) - expected.grad!).norm() / (expected.grad!.norm() + 0.01 * largest);
            error.item<double>().Should().BeLessThan(0.03, name);
        }
    }

    // Nothing leads to the first inner node, whose zeros then go through a convolution of 12 channels.
    [Fact]
    public void Call_NodeThatNothingLeadsTo_IsLikeInFloat64()
    {
        var space = new NatsTopologySpace(new NatsTopologyOptions { Channels = 12, CellsPerStage = 1 });
        Architecture architecture = space.Parse("|none~0|+|avg_pool_3x3~0|none~1|+|avg_pool_3x3~0|nor_conv_3x3~1|nor_conv_1x1~2|");
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using nn.Module<Tensor, Tensor> single = space.BuildNetwork(architecture, new NetworkShape { Height = 11, Width = 11 });
        using nn.Module<Tensor, Tensor> twofold = space.BuildNetwork(architecture, new NetworkShape { Height = 11, Width = 11 });
        twofold.to(ScalarType.Float64);
        Tensor images = NormalDraw.Of(9, 3, 11, 11);
        Tensor expected = twofold.call(images.to(ScalarType.Float64));

        (single.call(images).to(ScalarType.Float64) - expected).abs().max().item<double>().Should().BeLessThan(1e-3);
    }

    private static bool HasFiniteGradient(Tensor parameter) => parameter.grad is { } gradient && gradient.isfinite().all().item<bool>();

    private static void CheckLogits(GoldenCase golden, ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        using nn.Module<Tensor, Tensor> network = golden.BuildNetwork(type);
        Tensor logits = network.call(golden.Images(type, 4)).to(ScalarType.Float64);

        logits.flatten().data<double>().ToArray().Zip(golden.Logits)
            .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Math.Abs(pair.Second)));
    }
}

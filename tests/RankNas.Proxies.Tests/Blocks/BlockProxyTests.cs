using RankNas.Graphs;
using RankNas.Proxies.Blocks;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Blocks;

/// <summary>What the proxies over blocks promise alike.</summary>
public class BlockProxyTests
{
    private static readonly IZeroCostProxy[] Proxies = [new Expressivity(), new Progressivity(), new Trainability()];

    public static TheoryData<string> All { get; } = [.. Proxies.Select(proxy => proxy.Id)];

    [Theory]
    [InlineData("expressivity", "expressivity saw neither two blocks nor two activations")]
    [InlineData("progressivity", "progressivity saw neither two blocks nor two activations")]
    [InlineData("trainability", "trainability saw no two blocks (it is defined for graphs with blocks, which Block(…) marks)")]
    public void Score_NetworkWithoutBlocks_SaysWhatIsMissing(string id, string message)
    {
        using nn.Module<Tensor, Tensor> network = nn.ReLU();
        FluentActions.Invoking(() => Of(id).Score(network, NormalDraw.Of(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>().WithMessage(message);
    }

    [Fact]
    public void Score_ActivationsWithoutBlocks_IsThatOfWhatGoesIntoThem()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        NetworkShape shape = new() { Height = 9, Width = 9 };
        NetworkGraph graph = Graph.Images(shape).Conv(8, 3).BatchNorm().Relu().Conv(12, 3).BatchNorm().Relu().Conv(6, 3).BatchNorm().Relu()
            .GlobalAveragePool().Linear(shape.Classes).Build();
        using GraphModule network = graph.ToModule();
        using nn.Module<Tensor, Tensor> module = new Opaque(graph.ToModule());
        Tensor images = randn([8, 3, 9, 9], generator: new Generator(4));
        var entropies = new List<double>();
        foreach (nn.Module relu in network.modules().Where(layer => layer is TorchSharp.Modules.ReLU))
        {
            ((TorchSharp.Modules.ReLU)relu).register_forward_pre_hook((_, input) =>
            {
                entropies.Add(FeatureEntropy.Of(input));
                return input;
            });
        }

        network.call(images);

        entropies.Should().HaveCount(3);
        new Expressivity().Score(network, images).Should().BeApproximately(entropies.Sum(), 1e-4 * entropies.Sum());
        new Expressivity().Score(module, images).Should().BeApproximately(entropies.Sum(), 1e-4 * entropies.Sum());
        double progress = entropies.Zip(entropies.Skip(1), (before, after) => after - before).Min();
        new Progressivity().Score(network, images).Should().BeApproximately(progress, 1e-4 * Math.Abs(progress));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_NetworkOfOneBlock_SaysWhatToMark(string id)
    {
        using GraphModule network = Row.Of(3, 4, x => x.Relu());
        FluentActions.Invoking(() => Of(id).Score(network, NormalDraw.Of(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_Twice_GivesTheSameAndLeavesTheNetworkAsItWas(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Convolutions();
        network.eval();
        Tensor[] before = [.. network.state_dict().Values.Select(value => value.clone())];
        Tensor images = NormalDraw.Of(4, 3, 9, 9);

        double first = Of(id).Score(network, images);

        Of(id).Score(network, images).Should().Be(first).And.NotBe(double.NaN);
        network.state_dict().Values.Zip(before).All(pair => pair.First.eq(pair.Second).all().item<bool>()).Should().BeTrue();
        network.modules().Should().OnlyContain(module => !module.training);
        network.parameters().Count(parameter => parameter.grad is not null).Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_Float32_IsFloat64s(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule single = Convolutions();
        using GraphModule wide = Convolutions();
        wide.to(ScalarType.Float64);
        Tensor images = randn([16, 3, 9, 9], generator: new Generator(4));

        double exact = Of(id).Score(wide, images.to(ScalarType.Float64));

        Of(id).Score(single, images).Should().BeApproximately(exact, 1e-4 * Math.Abs(exact));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_HalfPrecision_IsANumberNearby(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Convolutions();
        Tensor images = randn([16, 3, 9, 9], generator: new Generator(4));
        double expected = Of(id).Score(network, images);
        network.to(ScalarType.BFloat16);

        Of(id).Score(network, images.to(ScalarType.BFloat16)).Should().BeApproximately(expected, 0.1 * Math.Abs(expected));
    }

    [Theory]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|")]
    [InlineData("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|avg_pool_3x3~2|")]
    [InlineData("8:24:40:56:64")]
    public void Score_NatsNetworks_IsThatOfTheirBlocksOneByOne(string text)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        ISearchSpace space = text.Contains('|') ? new NatsTopologySpace(new NatsTopologyOptions { CellsPerStage = 2 }) : new NatsSizeSpace();
        using GraphModule network = space.Describe(space.Parse(text), new NetworkShape { Height = 16, Width = 16 }).ToModule();
        Tensor images = randn([8, 3, 16, 16], generator: new Generator(4)), features = images;
        double[] entropies = [.. network.Blocks.Select(block => FeatureEntropy.Of(features = block.call(features)))];

        new Expressivity().Score(network, images).Should().BeApproximately(entropies.Sum(), 1e-4 * entropies.Sum());
        double progress = entropies.Zip(entropies.Skip(1), (before, after) => after - before).Min();
        new Progressivity().Score(network, images).Should().BeApproximately(progress, 1e-4 * Math.Abs(progress));
    }

    private static IZeroCostProxy Of(string id) => Proxies.Single(proxy => proxy.Id == id);

    // From 9×9 to 5×5 images, rounded up.
    private static GraphModule Convolutions() => Row.Of(
        3, 9,
        x => x.Conv(8, 3, bias: true).BatchNorm(),
        x => x.Relu().Conv(8, 3, bias: true).BatchNorm(),
        x => x.Relu().Conv(16, 3, stride: 2, bias: true).BatchNorm());
}

using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>What the proxies over blocks promise alike.</summary>
public class BlockProxyTests
{
    private static readonly IZeroCostProxy[] Proxies = [new Expressivity(), new Progressivity(), new Trainability()];

    public static TheoryData<string> All { get; } = [.. Proxies.Select(proxy => proxy.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void Score_NetworkWithoutBlocks_SaysWhatToImplement(string id)
    {
        using nn.Module<Tensor, Tensor> network = nn.ReLU();
        FluentActions.Invoking(() => Of(id).Score(network, randn(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage($"{id} saw no two blocks (it is defined for networks that implement IBlockNetwork)");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_NetworkOfOneBlock_SaysWhatToImplement(string id)
    {
        using var network = new Row(nn.ReLU());
        FluentActions.Invoking(() => Of(id).Score(network, randn(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_Twice_GivesTheSameAndLeavesTheNetworkAsItWas(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using Row network = Convolutions();
        network.eval();
        Tensor[] before = [.. network.state_dict().Values.Select(value => value.clone())];
        Tensor images = randn(4, 3, 9, 9);

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
        using Row single = Convolutions();
        using Row wide = Convolutions();
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
        using Row network = Convolutions();
        Tensor images = randn([16, 3, 9, 9], generator: new Generator(4));
        double expected = Of(id).Score(network, images);
        network.to(ScalarType.BFloat16);

        Of(id).Score(network, images.to(ScalarType.BFloat16)).Should().BeApproximately(expected, 0.1 * Math.Abs(expected));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_BlocksThatWorkInPlace_AreTheSame(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = randn(4, 3, 8, 8);
        double[] scores = [.. new[] { false, true }.Select(inPlace =>
        {
            using var network = new Row(nn.Conv2d(3, 6, 3, padding: 1), nn.Sequential(nn.ReLU(inPlace), nn.Conv2d(6, 6, 1)), nn.ReLU(inPlace));
            WeightInitializer.Default.Initialize(network, seed: 3);
            return Of(id).Score(network, images);
        })];

        scores[1].Should().Be(scores[0]);
    }

    [Theory]
    [InlineData("|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|")]
    [InlineData("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|avg_pool_3x3~2|")]
    [InlineData("8:24:40:56:64")]
    public void Score_NatsNetworks_IsThatOfTheirBlocksOneByOne(string text)
    {
        using DisposeScope scope = NewDisposeScope();
        ISearchSpace space = text.Contains('|') ? new NatsTopologySpace(new NatsTopologyOptions { CellsPerStage = 2 }) : new NatsSizeSpace();
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(space.Parse(text), new NetworkShape());
        WeightInitializer.Default.Initialize(network, new WeightSeed(0, text));
        using var row = new Row([.. ((IBlockNetwork)network).Blocks]);
        Tensor images = randn([8, 3, 16, 16], generator: new Generator(4));
        foreach (IZeroCostProxy proxy in Proxies)
        {
            double expected = proxy.Score(row, images);
            double actual = proxy.Score(network, images);
            (actual.Equals(expected) || Math.Abs(actual - expected) < 1e-4 * Math.Abs(expected)).Should().BeTrue($"{proxy.Id} is {actual}, which should be {expected}");
        }
    }

    private static IZeroCostProxy Of(string id) => Proxies.Single(proxy => proxy.Id == id);

    // From 9×9 to 5×5 images, rounded up.
    private static Row Convolutions()
    {
        var network = new Row(
            nn.Sequential(nn.Conv2d(3, 8, 3, padding: 1), nn.BatchNorm2d(8)),
            nn.Sequential(nn.ReLU(), nn.Conv2d(8, 8, 3, padding: 1), nn.BatchNorm2d(8)),
            nn.Sequential(nn.ReLU(), nn.Conv2d(8, 16, 3, stride: 2, padding: 1), nn.BatchNorm2d(16)));
        WeightInitializer.Default.Initialize(network, seed: 3);
        return network;
    }
}

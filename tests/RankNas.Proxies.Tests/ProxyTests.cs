using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

/// <summary>What all proxies promise for a user's own module.</summary>
public class ProxyTests
{
    public static TheoryData<string> All { get; } = [.. BuiltIn.All.Select(proxy => proxy.Id)];

    [Fact]
    public void LeavesNetworkUnchanged_BuiltIns_DoSo() => BuiltIn.All.Concat([new SkipDepth(), new Trainability()])
        .Where(proxy => proxy is not IActivationProxy).Should().OnlyContain(proxy => proxy.LeavesNetworkUnchanged);

    [Theory]
    [MemberData(nameof(All))]
    public void Score_AnyModule_LeavesItAsItWas(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = OwnNetwork();
        network.train();
        ((nn.Module)network.children().First()).eval();
        Tensor[] before = [.. network.state_dict().Values.Select(value => value.clone())];
        bool[] modes = [.. network.modules().Select(module => module.training)];

        Proxy(id).Score(network, NormalDraw.Of(4, 3, 8, 8));

        network.state_dict().Values.Zip(before).Should().OnlyContain(pair => pair.First.eq(pair.Second).all().item<bool>());
        network.modules().Select(module => module.training).Should().Equal(modes);
        network.parameters().Should().OnlyContain(parameter => HasNoGradient(parameter));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_Twice_GivesTheSameToTheLastDigit(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = OwnNetwork();
        Tensor images = NormalDraw.Of(4, 3, 8, 8);

        double first = Proxy(id).Score(network, images);

        first.Should().Be(Proxy(id).Score(network, images)).And.NotBe(double.NaN);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_Dropout_IsOff(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> plain = OwnNetwork();
        using nn.Module<Tensor, Tensor> dropping = nn.Sequential(plain, nn.Dropout(0.9));
        Tensor images = NormalDraw.Of(4, 3, 8, 8);

        Proxy(id).Score(dropping, images).Should().Be(Proxy(id).Score(plain, images));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_InPlaceRelu_GivesTheSame(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(4, 3, 8, 8);
        double[] scores = [.. new[] { false, true }.Select(inPlace =>
        {
            using nn.Module<Tensor, Tensor> network = nn.Sequential(
                nn.Conv2d(3, 5, 3), nn.AvgPool2d(2), nn.ReLU(inplace: inPlace), nn.Conv2d(5, 4, 1), nn.ReLU(inplace: inPlace),
                nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3));
            WeightInitializer.Default.Initialize(network, seed: 3);
            return Proxy(id).Score(network, images);
        })];

        scores[0].Should().Be(scores[1]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_NetworkOfOtherLayoutThanPixels_IsRight(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> single = OwnNetwork(width: 40);
        Tensor images = NormalDraw.Of(16, 3, 8, 8);
        double inSingle = Proxy(id).Score(single, images);
        using nn.Module<Tensor, Tensor> wide = OwnNetwork(width: 40);
        wide.to(ScalarType.Float64);

        double inDouble = Proxy(id).Score(wide, images.to(ScalarType.Float64));

        // GraSP's terms cancel: float32 keeps four of its digits here.
        inSingle.Should().BeApproximately(inDouble, 1e-3 * Math.Abs(inDouble), "float32 convolutions of 24 and 40 channels are kept right");
    }

    private static bool HasNoGradient(Tensor parameter) => parameter.grad is null;

    private static IZeroCostProxy Proxy(string id) => BuiltIn.Proxy(id);

    private static TorchSharp.Modules.Sequential OwnNetwork(int width = 4)
    {
        TorchSharp.Modules.Sequential network = nn.Sequential(
            nn.Conv2d(3, 24, 3, padding: 1, bias: false), nn.BatchNorm2d(24), nn.ReLU(), nn.Conv2d(24, width, 1), nn.BatchNorm2d(width), nn.ReLU(),
            nn.AvgPool2d(2), nn.Conv2d(width, width, 3, padding: 1, groups: 2), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 10));
        WeightInitializer.Default.Initialize(network, seed: 1);
        return network;
    }
}

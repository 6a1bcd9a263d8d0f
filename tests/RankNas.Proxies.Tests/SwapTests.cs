using RankNas.Graphs;
using RankNas.Kernels;
using RankNas.Proxies.Tests.Zoo;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

public class SwapTests
{
    public static TheoryData<WaveNetwork.Way> Ways => WaveNetwork.Ways;

    // NumPy: len(unique(concatenate([(z > 0).reshape(10, -1) for z in (z1, z2, z3)], 1).T, axis=0)); 468, 150 and 5 by layer, 1,162 units.
    [Theory]
    [MemberData(nameof(Ways))]
    public void Score_SmallNetwork_IsThatOfNumPy(WaveNetwork.Way way) => WaveNetwork.Score(new Swap(), way).Should().Be(543);

    // 543 · exp(−(0.674 − μ)²/σ).
    [Theory]
    [MemberData(nameof(Ways))]
    public void Score_Regularized_IsThatOfNumPy(WaveNetwork.Way way)
    {
        WaveNetwork.Score(new RegularizedSwap(), way).Should().BeApproximately(121.32307359170701, 1e-9);
        WaveNetwork.Score(new RegularizedSwap(new SwapOptions { Mu = 0.5, Sigma = 0.1 }), way).Should().BeApproximately(401.1555751148432, 1e-9);
    }

    // Three channels switch like the three others: NumPy finds 48 patterns of 96 units.
    [Theory]
    [InlineData(70, true)]
    [InlineData(70, false)]
    [InlineData(130, true)]
    [InlineData(130, false)]
    [InlineData(200, true)]
    [InlineData(200, false)]
    public void Score_ManyImages_CountsEqualUnitsOnce(int images, bool byKernels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable? off = byKernels ? null : KernelUse.Off();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 6, 3, padding: 1, bias: false), nn.ReLU(), nn.Flatten());
        using (no_grad())
        {
            Tensor half = WaveNetwork.Of(0.02, 3, 3, 3, 3);
            network.parameters().Single().copy_(cat([half, half.mul(2)]));
        }

        new Swap().Score(network, WaveNetwork.Of(0.01, images, 3, 4, 4).to(ScalarType.Float32)).Should().Be(48);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Score_UnitsThatAreNeverPositive_ShowOnePattern(bool byKernels)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable? off = byKernels ? null : KernelUse.Off();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        // Two units are positive on the first image, and one of them on the second too.
        Tensor images = zeros(3, 1, 5, 5);
        images[0, 0, 1, 1] = 1;
        images[0, 0, 2, 2] = 1;
        images[1, 0, 2, 2] = 1;

        new Swap().Score(network, images).Should().Be(3);
        new Swap().Score(network, ones(3, 1, 8, 8)).Should().Be(1);
        new Swap().Score(network, ones(3, 1, 5, 5)).Should().Be(1, "bits that fill the last word are no units");
    }

    // Of two images there are four patterns: depth adds none.
    [Fact]
    public void Score_PatternsOfSeveralLayers_CountOnce()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> one = nn.Sequential(nn.ReLU(), nn.Flatten());
        using nn.Module<Tensor, Tensor> two = nn.Sequential(nn.ReLU(), nn.ReLU(), nn.Flatten());
        Tensor images = NormalDraw.Of(2, 3, 8, 8);

        new Swap().Score(one, images).Should().Be(4);
        new Swap().Score(two, images).Should().Be(4);
    }

    public static TheoryData<string> Activations { get; } = [.. ActivationLayers.Names];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Score_EveryActivation_HasThePatternsOfRelu(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(6, 2, 5, 7);
        using nn.Module<Tensor, Tensor> relu = nn.Sequential(nn.ReLU(), nn.Flatten());
        using nn.Module<Tensor, Tensor> network = nn.Sequential(ActivationLayers.Create(name), nn.Flatten());

        new Swap().Score(network, images).Should().Be(new Swap().Score(relu, images));
    }

    // Signs are noted as a depthwise convolution reads what it expands, in groups of channels that it fills up.
    [Theory]
    [InlineData(40)]
    [InlineData(48)]
    public void Score_InvertedResiduals_IsThatOfTensorRoutines(int width)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Graph.Images(new NetworkShape { Height = 8, Width = 8 }).Conv(8, 3).BatchNorm()
            .Conv(width, 1).BatchNorm().Relu6().DepthwiseConv(3).BatchNorm().Relu6().Conv(8, 1).BatchNorm().GlobalAveragePool().Linear(10).Build().ToModule(seed: 3);
        network.to(ScalarType.Float32);
        Tensor images = NormalDraw.Of(12, 3, 8, 8);
        double byKernels = new Swap().Score(network, images);
        using IDisposable off = KernelUse.Off();

        byKernels.Should().BeApproximately(new Swap().Score(network, images), 2, "few inputs are within rounding of zero");
    }

    [Fact]
    public void Score_NothingToCount_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> linear = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten());
        using nn.Module<Tensor, Tensor> relu = nn.Sequential(nn.ReLU(), nn.Flatten());

        FluentActions.Invoking(() => new Swap().Score(linear, NormalDraw.Of(3, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>().WithMessage("swap saw no activation*");
        FluentActions.Invoking(() => new RegularizedSwap().Score(linear, NormalDraw.Of(3, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>().WithMessage("swap-reg saw no activation*");
        FluentActions.Invoking(() => new Swap().Score(relu, NormalDraw.Of(1, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("swap saw no second image (over one image there are two patterns at most)");
        FluentActions.Invoking(() => new RegularizedSwap().Score(relu, NormalDraw.Of(2, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>().WithMessage("swap-reg saw no trainable parameter");
    }

    [Fact]
    public void Options_OutOfRange_SaySo()
    {
        FluentActions.Invoking(() => new SwapOptions { Mu = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Mu is 0: it must be a number above 0.*");
        FluentActions.Invoking(() => new SwapOptions { Sigma = double.NaN }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Sigma is NaN*");
    }

    [Fact]
    public void Proxies_Describe_Themselves()
    {
        ProxyDescriptor.Of(new Swap()).Should().Be(new ProxyDescriptor("swap", "", ScoreDirection.HigherIsBetter));
        ProxyDescriptor.Of(new RegularizedSwap()).Should().Be(new ProxyDescriptor("swap-reg", "mu=1500, sigma=1500000", ScoreDirection.HigherIsBetter));
        ProxyDescriptor.Of(new RegularizedSwap(new SwapOptions { Mu = 0.5, Sigma = 2 })).Settings.Should().Be("mu=0.5, sigma=2");
        new RegularizedSwap().HintFor(0).Should().Contain("set Mu and Sigma");
        new RegularizedSwap().HintFor(1).Should().BeNull();
    }
}

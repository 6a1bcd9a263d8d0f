using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

public class MecoTests
{
    public static TheoryData<WaveNetwork.Way> Ways => WaveNetwork.Ways;

    // NumPy: the sum over z1 and z2 of eigvalsh(corrcoef(z[0].reshape(C, -1)))[0]: 0.43330 and 0.23405. z3 has no pixels.
    [Theory]
    [MemberData(nameof(Ways))]
    public void Score_SmallNetwork_IsThatOfNumPy(WaveNetwork.Way way) =>
        WaveNetwork.Score(new Meco(), way).Should().BeApproximately(0.6673463939811685, 1e-5);

    // NumPy: the same of channels [i * C // n for i in range(n)], n = min(8, C), times C/n. The small network's layers have 8 channels at most.
    [Theory]
    [MemberData(nameof(Ways))]
    public void Score_OptimizedOfNarrowLayers_IsTheFullForm(WaveNetwork.Way way) =>
        WaveNetwork.Score(new Meco(MecoForm.Optimized), way).Should().BeApproximately(0.6673463939811685, 1e-5);

    // 20/8 · eigvalsh(corrcoef(cos(0.01·k²).reshape(20, 64)[[i * 20 // 8 for i in range(8)]]))[0].
    [Fact]
    public void Score_OptimizedOfAWideLayer_IsThatOfNumPy()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        new Meco(MecoForm.Optimized).Score(network, WaveNetwork.Of(0.01, 1, 20, 8, 8)).Should().BeApproximately(1.4224311203303819, 1e-9);
    }

    [Fact]
    public void Constructor_UnknownForm_SaysSo() => FluentActions.Invoking(() => new Meco((MecoForm)7))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The form is Full or Optimized.*");

    [Fact]
    public void Score_AsManyChannelsAsPixels_IsZero()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        new Meco().Score(network, NormalDraw.Of(2, 16, 4, 4)).Should().Be(0);
        new Meco().Score(network, NormalDraw.Of(2, 15, 4, 4)).Should().BeInRange(1e-9, 0.1);
        new Meco().HintFor(0).Should().Contain("take larger images");
        new Meco().HintFor(0.1).Should().BeNull();
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0f)]
    public void Score_ChannelThatDoesNotVary_IsZero(float value)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());
        Tensor images = NormalDraw.Of(1, 3, 8, 8);
        images[0, 1] = full([8, 8], value);

        new Meco().Score(network, images).Should().Be(0);
    }

    [Fact]
    public void Score_TheFirstImageAlone_Counts()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());
        Tensor images = NormalDraw.Of(3, 3, 8, 8);

        double score = new Meco().Score(network, images);

        score.Should().BeGreaterThan(0.1).And.Be(new Meco().Score(network, images[TensorIndex.Slice(0, 1)].contiguous()));
    }

    [Fact]
    public void Score_NothingToCorrelate_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> linear = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten());
        using nn.Module<Tensor, Tensor> rows = nn.Sequential(nn.Flatten(), nn.ReLU());

        FluentActions.Invoking(() => new Meco().Score(linear, NormalDraw.Of(3, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>().WithMessage("meco saw no activation*");
        FluentActions.Invoking(() => new Meco().Score(rows, NormalDraw.Of(3, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("meco saw no feature map (its activations have features alone*");
    }

    [Fact]
    public void Proxy_Describes_Itself()
    {
        ProxyDescriptor.Of(new Meco()).Should().Be(new ProxyDescriptor("meco", "", ScoreDirection.HigherIsBetter));
        ProxyDescriptor.Of(new Meco(MecoForm.Optimized)).Should().Be(new ProxyDescriptor("meco-opt", "", ScoreDirection.HigherIsBetter));
    }
}

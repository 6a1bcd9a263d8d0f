using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

public class NearTests
{
    public static TheoryData<WaveNetwork.Way> Ways => WaveNetwork.Ways;

    // NumPy: the sum over z1, h1, z2, h2, z3, h3 of the mean over its square matrices of exp(−Σ p·ln p), p = svd(M, compute_uv=False), divided by its sum:
    // 4.2708, 4.0470, 5.2967, 4.4948, 2.2417, 2.7853.
    [Theory]
    [MemberData(nameof(Ways))]
    public void Score_SmallNetwork_IsThatOfNumPy(WaveNetwork.Way way) =>
        WaveNetwork.Score(new Near(), way).Should().BeApproximately(23.136387615550355, 2e-4);

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void Score_MatrixOfRankOne_IsOneForEach(ScalarType format)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());
        Tensor images = arange(1, 26, dtype: format).view(1, 1, 5, 5).mul(arange(1, 5, dtype: format).view(1, 4, 1, 1)).expand(3, 4, 5, 5).contiguous();

        new Near().Score(network, images).Should().BeApproximately(2, 1e-4, "what squaring leaves of the smallest singular values is little");
    }

    // Singular values are equal: the rank is the number of columns.
    [Fact]
    public void Score_OrthogonalChannels_IsTheirNumber()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        new Near().Score(network, eye(9).view(1, 9, 3, 3)).Should().BeApproximately(18, 1e-6);
        new Near().Score(network, eye(9)[TensorIndex.Colon, TensorIndex.Slice(0, 4)].contiguous().view(9, 4)).Should().BeLessThan(8.001).And.BeGreaterThan(1);
    }

    [Fact]
    public void Score_NothingActive_IsZeroForIt()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        new Near().Score(network, full([2, 3, 4, 4], -1f)).Should().BeApproximately(1, 1e-6, "the input has rank 1, the output 0");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Score_ReluInPlace_ChangesNeitherTheNetworkNorTheScore(bool inPlace)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(4, 3, 6, 6);
        using nn.Module<Tensor, Tensor> other = nn.Sequential(nn.ReLU(), nn.Flatten());
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(inPlace), nn.Flatten());

        new Near().Score(network, images.clone()).Should().Be(new Near().Score(other, images));
    }

    [Fact]
    public void Score_NoActivation_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten());

        FluentActions.Invoking(() => new Near().Score(network, NormalDraw.Of(3, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>().WithMessage("near saw no activation*");
    }

    [Fact]
    public void Proxy_Describes_Itself() => ProxyDescriptor.Of(new Near()).Should().Be(new ProxyDescriptor("near", "", ScoreDirection.HigherIsBetter));
}

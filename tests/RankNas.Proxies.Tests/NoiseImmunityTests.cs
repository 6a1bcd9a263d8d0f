using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class NoiseImmunityTests
{
    [Fact]
    public void Score_PoolingAlone_IsTheNoiseItself()
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(randn(4, 3, 8, 8));
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.AvgPool2d(2), nn.Flatten());

        double expected = Math.Log(1e-10 + batch.Noise.to(ScalarType.Float64).square().mean().item<double>());

        new NoiseImmunity(NoiseImmunityForm.Eta).Score(network, batch).Should().BeApproximately(expected, 1e-6);
    }

    [Fact]
    public void Score_NoPooling_IsTheLeastNoise()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 2, 1), nn.Flatten());

        new NoiseImmunity(NoiseImmunityForm.Eta).Score(network, randn(2, 3, 4, 4)).Should().Be(Math.Log(1e-10));
        new NoiseImmunity(NoiseImmunityForm.Complexity).Score(network, randn(2, 3, 4, 4)).Should().Be(0, "η is not above 0");
    }

    [Fact]
    public void Score_GaussianNoise_HasAboutUnitVariance()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.MaxPool2d(2), nn.Flatten());

        Math.Exp(new NoiseImmunity(NoiseImmunityForm.Eta).Score(network, zeros(64, 3, 16, 16))).Should().BeApproximately(1, 0.02);
    }

    [Fact]
    public void Constructor_UnknownForm_SaysSo() => FluentActions.Invoking(() => new NoiseImmunity((NoiseImmunityForm)7))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The form is Eta or Complexity.*");

    [Fact]
    public void Proxy_Describes_Itself()
    {
        ProxyDescriptor.Of(new NoiseImmunity(NoiseImmunityForm.Eta)).Should().Be(new ProxyDescriptor("noise-immunity", "", ScoreDirection.LowerIsBetter));
        ProxyDescriptor.Of(new NoiseImmunity(NoiseImmunityForm.Complexity))
            .Should().Be(new ProxyDescriptor("noise-immunity-complexity", "", ScoreDirection.HigherIsBetter));
    }
}

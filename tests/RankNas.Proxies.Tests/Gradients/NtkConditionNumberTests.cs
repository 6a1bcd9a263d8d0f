using MathNet.Numerics.LinearAlgebra;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

public class NtkConditionNumberTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    public void Score_SmallNetwork_IsOfTheJacobianByDifferences(int images)
    {
        using var small = new SmallCase();
        double[][] columns = [.. small.Network.parameters().SelectMany(parameter => Differences.Of(Outputs, parameter))];
        Matrix<double> jacobian = Matrix<double>.Build.DenseOfColumnArrays(columns);
        double[] singular = [.. jacobian.Svd(computeVectors: false).S];
        double expected = Math.Pow(singular.Max() / singular.Min(), 2);

        new NtkConditionNumber(new NtkOptions { Images = images }).Score(small.Network, small.Batch)
            .Should().BeApproximately(expected, 1e-5 * expected);

        double[] Outputs() => [.. small.Logits().Select(row => row.Sum())];
    }

    [Fact]
    public void Score_LinearNetwork_IsOfTheImagesThemselves()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(12, 3, hasBias: false));
        Tensor images = diag(tensor(new float[] { 2, 3, 5, 9 })).reshape(4, 1, 2, 2).repeat(1, 3, 1, 1);

        // Each of three rows of weights has the image as its gradient: Θ is diagonal.
        new NtkConditionNumber().Score(network, images).Should().BeApproximately(81.0 / 4, 1e-9);
        new NtkConditionNumber(new NtkOptions { Images = 3 }).Score(network, images)
            .Should().BeApproximately(25.0 / 4, 1e-9, "only the first three count");
    }

    [Fact]
    public void Score_TwoImagesAlike_IsInfinite()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(36, 3));
        Tensor one = NormalDraw.Of(1, 3, 5, 5);

        new NtkConditionNumber().Score(network, cat([one, NormalDraw.Seeded(2, 2, 3, 5, 5), one])).Should().Be(double.PositiveInfinity);
    }

    [Fact]
    public void Score_WeightsThatAreNoNumbers_IsNone()
    {
        using DisposeScope scope = NewDisposeScope();
        Linear linear = nn.Linear(12, 3);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(12, 12), nn.Tanh(), linear);
        using (no_grad())
        {
            linear.weight!.fill_(float.NaN);
        }

        new NtkConditionNumber().Score(network, NormalDraw.Of(4, 3, 2, 2)).Should().Be(double.NaN);
    }

    [Fact]
    public void Score_NetworkWithoutParameters_SaysSo()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten());
        using Tensor images = ones(2, 3, 2, 2);

        FluentActions.Invoking(() => new NtkConditionNumber().Score(network, images))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("ntk saw no parameter");
    }

    [Fact]
    public void Options_OneImage_SayWhatItMustBe() => FluentActions.Invoking(() => new NtkOptions { Images = 1 })
        .Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage("Images is 1: it must be at least 2, for one image alone has no condition number.*");

    [Fact]
    public void Settings_NameTheImages()
    {
        new NtkConditionNumber().Settings.Should().Be("images=16");
        new NtkConditionNumber(new NtkOptions { Images = 1234 }).Settings.Should().Be("images=1234");
    }
}

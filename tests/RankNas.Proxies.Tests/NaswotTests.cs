using MathNet.Numerics.LinearAlgebra;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class NaswotTests
{
    [Fact]
    public void Score_OneReluLayer_IsTheFormula()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = randn(6, 2, 5, 7);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        double[,] code = (double[,])(images.flatten(1) > 0).to(ScalarType.Float64).data<double>().ToNDArray();
        Matrix<double> c = Matrix<double>.Build.DenseOfArray(code);
        Matrix<double> inverse = 1 - c;
        double expected = Math.Log(Math.Abs((c * c.Transpose() + inverse * inverse.Transpose()).Determinant()));

        new Naswot().Score(network, images).Should().BeApproximately(expected, 1e-9);
    }

    [Fact]
    public void Score_TwoImagesAlike_IsMinusInfinity()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor one = randn(1, 2, 5, 5);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        new Naswot().Score(network, cat([one, one, randn(2, 2, 5, 5)])).Should().Be(double.NegativeInfinity);
    }

    [Fact]
    public void Score_NetworkThatChangesTheNumberOfRows_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(0, 1), nn.ReLU());

        FluentActions.Invoking(() => new Naswot().Score(network, randn(3, 2, 5, 5)))
            .Should().Throw<InvalidOperationException>().WithMessage("NASWOT needs one row for each of the 3 images*");
    }

    [Fact]
    public void Proxy_Describes_Itself()
    {
        ProxyDescriptor.Of(new Naswot()).Should().Be(new ProxyDescriptor("naswot", "", ScoreDirection.HigherIsBetter));
        ((IActivationProxy)new Naswot()).NoisyLayers.Should().Be(LayerKinds.None, "one pass is enough");
    }
}

using MathNet.Numerics.LinearAlgebra;
using RankNas.Proxies.Tests.Zoo;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

public class NaswotTests
{
    [Fact]
    public void HintFor_MinusInfinity_SaysWhatToLookAt()
    {
        new Naswot().HintFor(double.NegativeInfinity).Should().StartWith("NASWOT is −∞ where two images switch all ReLUs alike");
        new Naswot().HintFor(0).Should().BeNull();
    }

    [Fact]
    public void Score_OneReluLayer_IsTheFormula()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(6, 2, 5, 7);
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
        Tensor one = NormalDraw.Of(1, 2, 5, 5);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        new Naswot().Score(network, cat([one, one, NormalDraw.Seeded(2, 2, 2, 5, 5)])).Should().Be(double.NegativeInfinity);
    }

    [Fact]
    public void Score_NetworkThatChangesTheNumberOfRows_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(0, 1), nn.ReLU());

        FluentActions.Invoking(() => new Naswot().Score(network, NormalDraw.Of(3, 2, 5, 5)))
            .Should().Throw<InvalidOperationException>().WithMessage("NASWOT needs one row for each of the 3 images*");
    }

    public static TheoryData<string> Activations { get; } = [.. ActivationLayers.Names];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Score_EveryActivation_HasTheCodeOfRelu(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(6, 2, 5, 7);
        using nn.Module<Tensor, Tensor> relu = nn.Sequential(nn.ReLU(), nn.Flatten());
        using nn.Module<Tensor, Tensor> network = nn.Sequential(ActivationLayers.Create(name), nn.Flatten());

        new Naswot().Score(network, images).Should().Be(new Naswot().Score(relu, images));
    }

    [Fact]
    public void Score_Softmax_IsNoActivation()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Softmax(1), nn.Flatten());

        FluentActions.Invoking(() => new Naswot().Score(network, NormalDraw.Of(3, 3, 5, 5))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("naswot saw no activation (functional calls and layers called by forward() are not seen: use modules, and call(…))");
    }

    [Theory]
    [InlineData(Padding.Same)]
    [InlineData(Padding.Valid)]
    public void Score_PointwiseConvolutionPaddedByName_IsThatOfPaddingZero(Padding padding)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(16, 3, 8, 8);
        using nn.Module<Tensor, Tensor> byNumber = nn.Sequential(nn.Conv2d(3, 40, 1, padding: 0L), nn.ReLU(), nn.Flatten());
        using nn.Module<Tensor, Tensor> byName = nn.Sequential(nn.Conv2d(3, 40, 1L, padding), nn.ReLU(), nn.Flatten());
        WeightInitializer.Default.Initialize(byNumber, seed: 2);
        WeightInitializer.Default.Initialize(byName, seed: 2);

        new Naswot().Score(byName, images).Should().Be(new Naswot().Score(byNumber, images));
    }

    [Fact]
    public void Score_OneImage_SaysWhatItNeeds()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ReLU(), nn.Flatten());

        FluentActions.Invoking(() => new Naswot().Score(network, NormalDraw.Of(1, 2, 5, 5))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("naswot saw no second image (it compares images)");
    }

    [Fact]
    public void Proxy_Describes_Itself()
    {
        ProxyDescriptor.Of(new Naswot()).Should().Be(new ProxyDescriptor("naswot", "", ScoreDirection.HigherIsBetter));
        ((IActivationProxy)new Naswot()).NoisyLayers.Should().Be(LayerKinds.None, "one pass is enough");
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

public class JacovTests
{
    // x = images.clone().requires_grad_(); j = torch.autograd.grad(net(x).sum(), x)[0].flatten(1)
    // v = numpy.linalg.eigvalsh(numpy.corrcoef(j)); -numpy.sum(numpy.log(v + 1e-5) + 1 / (v + 1e-5))
    [Fact]
    public void Score_SmallNetwork_IsPythons()
    {
        using var small = new PythonCase();

        new Jacov().Score(small.Network, small.Batch).Should().BeApproximately(-20.74997372519686, 1e-7);
    }

    // All rows of J are the same: one eigenvalue is N, the others are 0.
    [Fact]
    public void Score_LinearNetwork_IsOfRowsAlike()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(12, 3)).to(ScalarType.Float64);

        new Jacov().Score(network, NormalDraw.Of(4, 3, 2, 2).to(ScalarType.Float64))
            .Should().BeApproximately(-(Math.Log(4 + 1e-5) + (1 / (4 + 1e-5)) + (3 * (Math.Log(1e-5) + 1e5))), 1e-3);
    }

    [Fact]
    public void Score_NetworkThatCutsItsImagesOff_IsMinusInfinity()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(12, 3), nn.Threshold(1e9, 0.5), nn.Linear(3, 4));

        double score = new Jacov().Score(network, NormalDraw.Of(4, 3, 2, 2));

        score.Should().Be(double.NegativeInfinity);
        new Jacov().HintFor(score).Should().StartWith("Jacov is −∞");
        new Jacov().HintFor(0).Should().BeNull();
    }

    [Fact]
    public void Score_OneImage_SaysSo()
    {
        using var small = new PythonCase();
        using Tensor image = small.Batch.Images[..1];

        FluentActions.Invoking(() => new Jacov().Score(small.Network, image))
            .Should().Throw<ProxyNotApplicableException>().WithMessage("jacov saw no second image (it compares images)");
    }
}

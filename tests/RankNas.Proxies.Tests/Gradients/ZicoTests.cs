using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

public class ZicoTests
{
    // g = [torch.autograd.grad(nn.functional.cross_entropy(net(images[p]), labels[p]), W) for p in parts]
    // for l in range(len(W)):
    //     a = numpy.stack([q[l].flatten() for q in g]); s = a.std(0); m = numpy.abs(a).mean(0)
    //     total += numpy.log((m[s > 0] / s[s > 0]).sum())
    // with parts = [range(0, 3), range(3, 7)] and [range(0, 2), range(2, 4), range(4, 7)].
    [Theory]
    [InlineData(2, 26.32375860725724)]
    [InlineData(3, 17.670600933617955)]
    public void Score_SmallNetwork_IsPythons(int miniBatches, double expected)
    {
        using var small = new PythonCase();

        new Zico(new ZicoOptions { MiniBatches = miniBatches }).Score(small.Network, small.Batch).Should().BeApproximately(expected, 1e-6);
    }

    // Both halves are the same images.
    [Fact]
    public void Score_MiniBatchesAlike_SaysSo()
    {
        using var small = new PythonCase();
        using Tensor half = small.Batch.Images[..3];
        using Tensor labels = tensor(new long[] { 0, 1, 2, 0, 1, 2 });
        using Tensor twice = cat([half, half]);
        using var batch = new ProbeBatch(twice, labels);

        FluentActions.Invoking(() => new Zico().Score(small.Network, batch))
            .Should().Throw<ProxyNotApplicableException>().WithMessage("zico saw no weight whose gradient differs between mini-batches");
    }

    [Fact]
    public void Score_MoreMiniBatchesThanImages_TakesEachImage()
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Tanh(), nn.Flatten(), nn.Linear(16, 3));
        Tensor images = NormalDraw.Of(5, 3, 4, 4);

        new Zico(new ZicoOptions { MiniBatches = 99 }).Score(network, images)
            .Should().Be(new Zico(new ZicoOptions { MiniBatches = 5 }).Score(network, images))
            .And.NotBe(new Zico().Score(network, images));
    }

    [Fact]
    public void Score_OneImage_SaysSo()
    {
        using var small = new PythonCase();
        using Tensor image = small.Batch.Images[..1];

        FluentActions.Invoking(() => new Zico().Score(small.Network, image))
            .Should().Throw<ProxyNotApplicableException>().WithMessage("zico saw no second image (it compares mini-batches)");
    }

    [Fact]
    public void Options_OneMiniBatch_SayWhatItMustBe() => FluentActions.Invoking(() => new ZicoOptions { MiniBatches = 1 })
        .Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage("MiniBatches is 1: it must be at least 2, for one gradient alone has no deviation.*");

    [Fact]
    public void Settings_NameTheMiniBatches() => new Zico(new ZicoOptions { MiniBatches = 4 }).Settings.Should().Be("mini-batches=4, labels=own-or-drawn");
}

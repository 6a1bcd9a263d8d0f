using RankNas.Proxies.Gradients;
using RankNas.Proxies.Tests.Zoo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

public class VkdnwTests
{
    // One image at a time, BatchNorm on what the batch's mean and variance (unbiased=False) were:
    // idx = [[j * w.numel() // min(K, w.numel()) for j in range(min(K, w.numel()))] for w in W]
    // p = net(x)[0].softmax(0)
    // for c in range(4):
    //     g = torch.autograd.grad(net(x)[0].log_softmax(0)[c], W)
    //     s = numpy.concatenate([q.flatten()[ii] for q, ii in zip(g, idx)])
    //     F += p[c] * numpy.outer(s, s) / 7
    // l = numpy.quantile(numpy.maximum(0, numpy.linalg.eigvalsh(F)), numpy.arange(1, 10) / 10); l = l / l.sum()
    // -sum(q * numpy.log(q) for q in l if q > 0)
    // The last has 36 weights and rank 21.
    [Theory]
    [InlineData(1, 1.3565705767122236)]
    [InlineData(3, 0.676253724212381)]
    [InlineData(9, 0.1547271909153239)]
    public void Score_SmallNetwork_IsPythons(int weights, double expected)
    {
        using var small = new PythonCase();
        var options = new VkdnwOptions { WeightsPerLayer = weights };

        new Vkdnw(VkdnwForm.Entropy, options).Score(small.Network, small.Batch).Should().BeApproximately(expected, 1e-8);
        new Vkdnw(VkdnwForm.Single, options).Score(small.Network, small.Batch).Should().BeApproximately(4 + expected, 1e-8, "it has four layers");
    }

    public static TheoryData<string> Kinds { get; } = ["same", "circular", "shared", "sequence", "rows", "volume", "strided", "in-place"];

    // By a backward pass for each image alone.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void ImageGradients_EachKindOfLayer_AreAutogradsImageByImage(string kind)
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d shared = nn.Conv2d(3, 3, 3, padding: 1);
        (nn.Module<Tensor, Tensor> network, long[] shape) = kind switch
        {
            "same" => (nn.Sequential(nn.Conv2d(2, 3, (4, 3), padding: Padding.Same, dilation: (1, 2)), nn.Tanh(), nn.Conv2d(3, 4, 2, padding: Padding.Valid)), new long[] { 5, 2, 7, 8 }),
            "circular" => (nn.Sequential(nn.Conv2d(2, 4, 3, padding: 2, padding_mode: PaddingModes.Circular), nn.Tanh()), [5, 2, 6, 6]),
            "shared" => (nn.Sequential(shared, nn.Tanh(), shared), [5, 3, 6, 6]),
            "sequence" => (nn.Sequential(nn.Conv1d(2, 4, 3, stride: 2, padding: 1), nn.Tanh()), [5, 2, 9]),
            "rows" => (nn.Sequential(nn.Linear(6, 4), nn.Tanh(), nn.Linear(4, 2)), [5, 3, 6]),
            "volume" => (nn.Sequential(nn.Conv3d(2, 3, 2, padding: 1), nn.Tanh()), [5, 2, 3, 4, 5]),
            "strided" => (nn.Sequential(nn.Conv2d(4, 8, (3, 3), stride: (2, 3), padding: (1, 2), dilation: (2, 1), groups: 4), nn.Tanh()), [5, 4, 9, 10]),
            _ => (nn.Sequential(nn.Conv2d(2, 4, 3), nn.ReLU(inplace: true), nn.Conv2d(4, 2, 3)), new long[] { 5, 2, 6, 6 }),
        };
        network.to(ScalarType.Float64);
        Tensor images = NormalDraw.Of(shape).to(ScalarType.Float64);
        Tensor target = NormalDraw.Seeded(2, [.. network.call(images).shape]).to(ScalarType.Float64);

        using var gradients = new ImageGradients(network, 5, weightsPerLayer: 7);
        Tensor value = (network.call(images) * target).sum();
        double[] found = [.. gradients.Of(value, keepGraph: false)!.data<double>()];
        gradients.Dispose();

        Parameter[] weights = [.. network.parameters().Where(parameter => parameter.dim() > 1)];
        double[] expected = [.. Enumerable.Range(0, 5).SelectMany(image =>
        {
            Tensor own = (network.call(images[image..(image + 1)]) * target[image..(image + 1)]).sum();
            return Derivatives.Of(own, weights).SelectMany(gradient =>
            {
                double[] all = [.. gradient.contiguous().data<double>()];
                int count = Math.Min(7, all.Length);
                return Enumerable.Range(0, count).Select(index => all[index * all.Length / count]);
            });
        })];
        found.Should().HaveSameCount(expected);
        found.Zip(expected, (one, other) => Math.Abs(one - other)).Max().Should().BeLessThan(1e-12);
        expected.Count(value => value != 0).Should().BeGreaterThan(10);
    }

    [Fact]
    public void Score_MoreWeightsThanInformation_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(12, 2));

        FluentActions.Invoking(() => new Vkdnw(options: new VkdnwOptions { WeightsPerLayer = 24 }).Score(network, NormalDraw.Of(1, 3, 2, 2)))
            .Should().Throw<ProxyNotApplicableException>().WithMessage("vkdnw saw no decile above 0 (too few images or classes for so many weights)");
    }

    [Fact]
    public void Score_TransposedConvolution_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.ConvTranspose2d(3, 4, 2), nn.Flatten(), nn.Linear(36, 2));

        FluentActions.Invoking(() => new Vkdnw().Score(network, NormalDraw.Of(4, 3, 2, 2)))
            .Should().Throw<ProxyNotApplicableException>().WithMessage("vkdnw is not defined for ConvTranspose2d");
    }

    [Fact]
    public void Score_BatchNormCalledByForward_IsNotSeen()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new CallsOneForward(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(16, 3));

        FluentActions.Invoking(() => new Vkdnw().Score(network, NormalDraw.Of(4, 3, 4, 4)))
            .Should().Throw<ProxyNotApplicableException>().WithMessage("vkdnw did not see layer1 (BatchNorm2d), which CallsOneForward calls by forward(): write call(…)");
    }

    [Fact]
    public void Score_LayerThatMixesImages_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(0, 1), nn.Flatten(), nn.Linear(4, 3));

        FluentActions.Invoking(() => new Vkdnw().Score(network, ones(2, 3, 2, 2)))
            .Should().Throw<InvalidOperationException>().WithMessage("Gradients of each image need one row for each of the 2 images, and a layer gave [6, 4].");
    }

    [Fact]
    public void Options_NoWeight_SayWhatItMustBe() => FluentActions.Invoking(() => new VkdnwOptions { WeightsPerLayer = 0 })
        .Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage("WeightsPerLayer is 0: it must be at least 1, for no weight alone has no information.*");

    [Fact]
    public void Settings_NameTheWeights()
    {
        new Vkdnw(options: new VkdnwOptions { WeightsPerLayer = 3 }).Settings.Should().Be("weights-per-layer=3");
        FluentActions.Invoking(() => new Vkdnw((VkdnwForm)7)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("There is no such form.*");
    }
}

using RankNas.Graphs;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Gradients;

/// <summary>The proxies of the loss's gradients against differences of a loss computed by hand.</summary>
public class LossGradientTests
{
    public static TheoryData<IZeroCostProxy> OfALoss => [new Snip(), new Grasp(), new Fisher(), new GradientNorm(), new Zico(), new Vkdnw()];

    [Theory]
    [MemberData(nameof(OfALoss), DisableDiscoveryEnumeration = true)]
    public void Score_OneClass_SaysThatThereIsNoLoss(IZeroCostProxy proxy)
    {
        using DisposeScope scope = NewDisposeScope();
        using GraphModule network = Graph.Images(new NetworkShape { Height = 8, Width = 8, Classes = 1 }).Conv(4, 3).BatchNorm().Relu().GlobalAveragePool().Linear(1).Build().ToModule();

        FluentActions.Invoking(() => proxy.Score(network, NormalDraw.Of(4, 3, 8, 8))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage($"{proxy.Id} saw no second class (of one class the * whatever the network)");
    }

    [Fact]
    public void Snip_SmallNetwork_IsTheSumByDifferences()
    {
        using var small = new SmallCase();
        double expected = small.Weights.Sum(weight =>
            weight.data<double>().ToArray().Zip(Differences.Of(small.Loss, weight), (value, gradient) => Math.Abs(value * gradient)).Sum());

        new Snip().Score(small.Network, small.Batch).Should().BeApproximately(expected, 1e-7 * expected);
    }

    [Fact]
    public void GradientNorm_SmallNetwork_IsTheSumByDifferences()
    {
        using var small = new SmallCase();
        double expected = small.Weights.Sum(weight => Math.Sqrt(Differences.Of(small.Loss, weight).Sum(gradient => gradient * gradient)));

        new GradientNorm().Score(small.Network, small.Batch).Should().BeApproximately(expected, 1e-7 * expected);
    }

    [Fact]
    public void Fisher_SmallNetwork_IsTheSumByDifferencesOfActivations()
    {
        using var small = new SmallCase();
        small.Loss();
        double expected = small.Shifts.Sum(shift =>
        {
            double[] activations = [.. shift.Seen!.data<double>()];
            double[] gradients = Differences.Of(small.Loss, shift.Constant!);
            double[] products = [.. activations.Zip(gradients, (activation, gradient) => activation * gradient)];

            // Elements of one image and one channel lie next to each other.
            int space = activations.Length / (int)(shift.Seen.shape[0] * shift.Seen.shape[1]);
            return products.Chunk(space).Sum(plane => plane.Sum() * plane.Sum()) / 2 / small.Batch.Size;
        });

        new Fisher().Score(small.Network, small.Batch).Should().BeApproximately(expected, 1e-7 * expected);
    }

    [Fact]
    public void Fisher_LinearLayerOnSequences_HasItsChannelsLast()
    {
        using DisposeScope scope = NewDisposeScope();
        Linear linear = nn.Linear(4, 3);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(2), linear, nn.Flatten());
        using var batch = new ProbeBatch(NormalDraw.Of(6, 2, 2, 2), tensor(new long[] { 0, 1, 2, 3, 4, 5 }));

        // The logits are the activations: their gradient is (softmax − one-hot)/N.
        Tensor activations = nn.functional.linear(batch.Images.flatten(2), linear.weight!, linear.bias).detach().to(ScalarType.Float64);
        Tensor gradients = (activations.flatten(1).softmax(1) - nn.functional.one_hot(batch.Labels!, 6)) / 6;
        double expected = (activations * gradients.view(6, 2, 3)).sum(1).square().sum().item<double>() / 12;

        new Fisher().Score(network, batch).Should().BeApproximately(expected, 1e-5 * expected);
    }

    [Fact]
    public void Grasp_SmallNetwork_IsTheDerivativeOfHalfTheSquaredGradient()
    {
        using var small = new SmallCase();
        double[][] values = [.. small.Weights.Select(weight => weight.data<double>().ToArray())];
        const double Step = 1e-5;
        double expected = -(HalfSquaredGradient(small, values, 1 + Step) - HalfSquaredGradient(small, values, 1 - Step)) / (2 * Step);
        HalfSquaredGradient(small, values, 1);

        new Grasp().Score(small.Network, small.Batch).Should().BeApproximately(expected, 1e-6 * Math.Abs(expected));
    }

    // Where the loss does not depend on the scale of any one weight, w_l·g_l = 0, whose derivative by w is H w_l + g_l = 0.
    [Fact]
    public void Grasp_EveryLayerNormalized_IsTheSquaredGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d convolution = nn.Conv2d(2, 3, 3, bias: false);
        Linear linear = nn.Linear(48, 4, hasBias: false);
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            convolution, nn.BatchNorm2d(3, eps: 1e-14), nn.ReLU(), nn.Flatten(), linear, nn.BatchNorm1d(4, eps: 1e-14));
        network.to(ScalarType.Float64);
        using var batch = new ProbeBatch(NormalDraw.Of(7, 2, 6, 6).to(ScalarType.Float64), tensor(new long[] { 0, 1, 2, 3, 0, 1, 2 }));
        nn.functional.cross_entropy(network.call(batch.Images), batch.Labels!).backward();
        double expected = Squared(convolution.weight!) + Squared(linear.weight!);

        new Grasp().Score(network, batch).Should().BeApproximately(expected, 1e-8 * expected);
    }

    // A graph is differentiated by the scale of its weights, another module by the weights.
    [Theory]
    [InlineData("nats-tss", "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_1x1~1|+|skip_connect~0|nor_conv_3x3~1|avg_pool_3x3~2|")]
    [InlineData("nats-sss", "8:24:40:16:8")]
    [InlineData("mobilenet(width=0.25,resolution=32)", null)]
    [InlineData("vit(resolution=32)", null)]
    public void Grasp_Graph_IsThatOfAModule(string id, string? arch)
    {
        using DisposeScope scope = NewDisposeScope();
        ISearchSpace space = SpaceCatalog.Create(id);
        Architecture architecture = arch is null ? space.Sample(new Random(3)) : space.Parse(arch);
        using nn.Module<Tensor, Tensor> network = space.BuildNetwork(architecture, new NetworkShape());
        WeightInitializer.SplitMix.Initialize(network, seed: 5);
        network.to(ScalarType.Float64);
        using var batch = new ProbeBatch(NormalDraw.Of(3, 3, 32, 32).to(ScalarType.Float64), tensor(new long[] { 0, 1, 2 }));
        double expected = new Grasp().Score(new Opaque(network), batch);

        new Grasp().Score(network, batch).Should().BeApproximately(expected, 1e-6 * Math.Abs(expected));
    }

    [Fact]
    public void Fisher_LayerThatMixesImages_SaysSo()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(0, 1), nn.Flatten(), nn.Linear(4, 3));
        using Tensor images = ones(2, 3, 2, 2);

        FluentActions.Invoking(() => new Fisher().Score(network, images))
            .Should().Throw<InvalidOperationException>()
            .WithMessage("Fisher needs one row for each of the 2 images, and a layer gave [6, 3].");
    }

    [Fact]
    public void Score_NothingToDifferentiateBy_SaysSo()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten());
        using Tensor images = ones(2, 3, 2, 2);
        foreach (IZeroCostProxy proxy in BuiltIn.Labelled)
        {
            FluentActions.Invoking(() => proxy.Score(network, images))
                .Should().Throw<ProxyNotApplicableException>().WithMessage($"{proxy.Id} saw no convolution or linear layer*");
        }
    }

    [Fact]
    public void Score_LayersThatTheLogitsDoNotDependOn_AreNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> used = nn.Sequential(nn.Flatten(), nn.Linear(12, 3));
        using var network = new WithIdleLayer(used);
        Tensor images = NormalDraw.Of(4, 3, 2, 2);
        foreach (IZeroCostProxy proxy in BuiltIn.Gradients)
        {
            proxy.Score(network, images).Should().Be(proxy.Score(used, images), proxy.Id);
        }
    }

    private static double HalfSquaredGradient(SmallCase small, double[][] values, double scale)
    {
        using DisposeScope scope = NewDisposeScope();
        using (no_grad())
        {
            foreach ((Parameter weight, double[] own) in small.Weights.Zip(values))
            {
                weight.copy_(tensor(own, weight.shape) * scale);
            }
        }

        small.Network.zero_grad();
        nn.functional.cross_entropy(small.Network.call(small.Batch.Images), small.Batch.Labels!).backward();
        return small.Weights.Sum(Squared) / 2;
    }

    private static double Squared(Parameter weight) => weight.grad!.square().sum().item<double>();

    private sealed class WithIdleLayer : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> _used;

        public WithIdleLayer(nn.Module<Tensor, Tensor> used)
            : base(nameof(WithIdleLayer))
        {
            _used = used;
            register_module("used", used);
            register_module("idle", nn.Conv2d(3, 2, 1));
        }

        public override Tensor forward(Tensor input) => _used.call(input);
    }
}

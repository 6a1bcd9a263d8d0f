using RankNas.Graphs;
using RankNas.Kernels;
using RankNas.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests;

public class NoiseImmunityTests
{
    [Fact]
    public void HintFor_ZeroByTheAuthorsForm_NamesTheFormThatIsDefinedForSmallNetworks()
    {
        new NoiseImmunity(NoiseImmunityForm.Complexity).HintFor(0).Should().Contain("take AddNoiseImmunity(), whose default form is not");
        new NoiseImmunity(NoiseImmunityForm.Complexity).HintFor(1).Should().BeNull();
        new NoiseImmunity().HintFor(0).Should().BeNull();
    }

    [Fact]
    public void Score_PoolingAlone_IsTheNoiseItself()
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(NormalDraw.Of(4, 3, 8, 8));
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.AvgPool2d(2), nn.Flatten());

        double expected = Math.Log(1e-10 + batch.Noise.to(ScalarType.Float64).square().mean().item<double>());

        new NoiseImmunity(NoiseImmunityForm.Eta).Score(network, batch).Should().BeApproximately(expected, 1e-6);
    }

    [Fact]
    public void Score_Complexity_IsZeroWhereEtaIsNotAboveZero()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(Scaling(0.1), nn.AvgPool2d(2), nn.Flatten());

        new NoiseImmunity(NoiseImmunityForm.Complexity).Score(network, NormalDraw.Of(4, 3, 8, 8)).Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Score_Default_CountsNoLayerOfAGate(bool byHooks)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(4, 3, 8, 8);
        double ScoreOf(bool hasGate)
        {
            GraphValue x = Graph.Images(new NetworkShape { Height = 8, Width = 8 }).Conv(6, 3, name: "first");
            GraphValue gated = hasGate ? x * x.GlobalAveragePool(keepDimensions: true).Conv(2, 1, name: "squeeze").Relu().Conv(6, 1, name: "excite").Sigmoid() : x.Scale(0.5);
            using GraphModule network = gated.Conv(6, 3, name: "second").GlobalAveragePool().Linear(10, name: "last").Build().ToModule();
            foreach ((string name, Parameter weight) in network.named_parameters())
            {
                // What excites is 0, so the gate lets a half pass.
                using Generator seed = new(3, CPU);
                using Tensor drawn = randn(weight.shape, generator: seed);
                using IDisposable guard = no_grad();
                weight.copy_(name.StartsWith("excite", StringComparison.Ordinal) ? zeros_like(drawn) : drawn);
            }

            using var opaque = new Opaque(network);
            return new NoiseImmunity().Score(byHooks ? opaque : network, images);
        }

        // A gate's pooling and convolutions are no part of the way from image to output: γ, ρ and Σ are those of the rest.
        ScoreOf(hasGate: true).Should().BeApproximately(ScoreOf(hasGate: false), 1e-5);
    }

    // One convolution of three channels and one pooling layer: γ = 6, ρ = 1.
    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.01)]
    [InlineData(0.9)]
    [InlineData(3)]
    [InlineData(1e3)]
    public void Score_Default_IsTheFormulaForEverySizeOfNoise(double factor)
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(NormalDraw.Of(4, 3, 8, 8));
        using nn.Module<Tensor, Tensor> network = nn.Sequential(Scaling(factor), nn.AvgPool2d(2), nn.Flatten());
        double noise = factor * factor * batch.Noise.to(ScalarType.Float64).square().mean().item<double>();

        double score = new NoiseImmunity().Score(network, batch);

        // The logarithm of 1 + x, as the sum of its series where x is small.
        double logarithm = noise < 0.1
            ? Enumerable.Range(1, 20).Sum(power => -Math.Pow(-(noise + 1e-10), power) / power)
            : Math.Log(1 + noise);
        score.Should().BeApproximately(Math.Log(6 / logarithm), 1e-4);
        double eta = new NoiseImmunity(NoiseImmunityForm.Eta).Score(network, batch);
        score.Should().BeApproximately(Math.Log(6 / Math.Log(1 + Math.Exp(eta))), 1e-4, "ln(1 + x) is the softplus of ln x");
    }

    [Fact]
    public void Score_Default_FallsAsNoiseGrows()
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(NormalDraw.Of(4, 3, 8, 8));
        double[] scores = [.. new[] { 0.01, 0.1, 0.5, 0.99, 1, 1.01, 1.2, 3, 100 }.Select(factor =>
        {
            using nn.Module<Tensor, Tensor> network = nn.Sequential(Scaling(factor), nn.AvgPool2d(2), nn.Flatten());
            return new NoiseImmunity().Score(network, batch);
        })];

        scores.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Score_Default_IsNearTheAuthorsFormWhereThereIsMuchNoise()
    {
        using DisposeScope scope = NewDisposeScope();
        using var batch = new ProbeBatch(NormalDraw.Of(4, 3, 8, 8));
        using nn.Module<Tensor, Tensor> network = nn.Sequential(Scaling(1e3), nn.AvgPool2d(2), nn.Flatten());

        new NoiseImmunity().Score(network, batch).Should().BeApproximately(new NoiseImmunity(NoiseImmunityForm.Complexity).Score(network, batch), 1e-6);
    }

    [Theory]
    [InlineData(NoiseImmunityForm.Eta)]
    [InlineData(NoiseImmunityForm.Complexity)]
    [InlineData(NoiseImmunityForm.Log1p)]
    [InlineData(NoiseImmunityForm.Live)]
    public void Score_NoPooling_SaysSo(NoiseImmunityForm form)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Conv2d(3, 2, 1), nn.Flatten());
        var proxy = new NoiseImmunity(form);

        FluentActions.Invoking(() => proxy.Score(network, NormalDraw.Of(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage($"{proxy.Id} saw no pooling layer*");
    }

    [Theory]
    [InlineData(NoiseImmunityForm.Complexity)]
    [InlineData(NoiseImmunityForm.Log1p)]
    [InlineData(NoiseImmunityForm.Live)]
    public void Score_NoConvolution_SaysSo(NoiseImmunityForm form)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.AvgPool2d(2), nn.Flatten());
        var proxy = new NoiseImmunity(form);

        FluentActions.Invoking(() => proxy.Score(network, NormalDraw.Of(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage($"{proxy.Id} saw no convolution*");
    }

    // Features that do not depend on the images are no immunity.
    [Theory]
    [InlineData(NoiseImmunityForm.Eta)]
    [InlineData(NoiseImmunityForm.Complexity)]
    [InlineData(NoiseImmunityForm.Log1p)]
    [InlineData(NoiseImmunityForm.Live)]
    public void Score_NoNoiseArrives_SaysSo(NoiseImmunityForm form)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(Scaling(1), nn.Threshold(1e9, 0), nn.AvgPool2d(2), nn.Flatten());
        var proxy = new NoiseImmunity(form);

        FluentActions.Invoking(() => proxy.Score(network, NormalDraw.Of(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage($"{proxy.Id} saw no noise in the inputs of the pooling layers (they do not depend on the images)");
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
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The form is Eta, Complexity, Log1p or Live.*");

    [Fact]
    public void Proxy_Describes_Itself()
    {
        ProxyDescriptor.Of(new NoiseImmunity(NoiseImmunityForm.Eta)).Should().Be(new ProxyDescriptor("noise-immunity", "", ScoreDirection.LowerIsBetter));
        ProxyDescriptor.Of(new NoiseImmunity(NoiseImmunityForm.Complexity))
            .Should().Be(new ProxyDescriptor("noise-immunity-complexity", "", ScoreDirection.HigherIsBetter));
        ProxyDescriptor.Of(new NoiseImmunity(NoiseImmunityForm.Log1p)).Should().Be(new ProxyDescriptor("noise-immunity-log1p", "", ScoreDirection.HigherIsBetter));
        ProxyDescriptor.Of(new NoiseImmunity()).Should().Be(new ProxyDescriptor("noise-immunity-live", "", ScoreDirection.HigherIsBetter));
    }

    private static TorchSharp.Modules.Conv2d Scaling(double factor)
    {
        TorchSharp.Modules.Conv2d convolution = nn.Conv2d(3, 3, 1, bias: false);
        using IDisposable guard = no_grad();
        convolution.weight!.copy_(eye(3).mul(factor).view(3, 3, 1, 1));
        return convolution;
    }

    // Dead are a convolution of 3 channels, one of 4, a pooling layer of 5 and one of 4 that equals the live one.
    [Theory]
    [InlineData(true, false, 8)]
    [InlineData(false, false, 8)]
    [InlineData(true, true, 8)]
    [InlineData(true, false, 10)]
    public void Score_GraphWithDeadLayers_CountsTheLiveOnesAlone(bool byKernels, bool byHooks, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable? off = byKernels ? null : KernelUse.Off();
        GraphValue images = Graph.Images(new NetworkShape { Height = 8, Width = 8 });
        GraphValue x = images.Conv(4, 3);
        images.Conv(7, 1).Relu();
        x.Conv(5, 1).MaxPool(2);
        x.AveragePool(2);
        GraphModule network = x.AveragePool(2).GlobalAveragePool().Linear(10).Build().ToModule(seed: 3);
        using nn.Module<Tensor, Tensor> scored = byHooks ? new Opaque(network) : network;
        using var batch = new ProbeBatch(NormalDraw.Of(4, 3, size, size));
        TorchSharp.Modules.Conv2d[] layers = [.. network.modules().OfType<TorchSharp.Modules.Conv2d>()];
        (Tensor first, Tensor clean) = OutputsOf(batch.Images);
        (Tensor second, Tensor noisy) = OutputsOf(batch.NoisyImages);
        double atFirst = MeanSquare(first, second), atLast = MeanSquare(nn.functional.avg_pool2d(first, 2), nn.functional.avg_pool2d(second, 2)), atDead = MeanSquare(clean, noisy);

        // Live are a convolution of 3 channels and two pooling layers of 4.
        new NoiseImmunity().Score(scored, batch).Should().BeApproximately(Math.Log((3 + 4 + 4) * (1 / 2.0) / Math.Log(1 + atFirst + atLast)), 1e-5);
        new NoiseImmunity(NoiseImmunityForm.Log1p).Score(scored, batch).Should().BeApproximately(
            Math.Log((3 + 4 + 4 + 3 + 4 + 5 + 4) * (3 / 4.0) / Math.Log(1 + (2 * atFirst) + atLast + atDead)), 1e-5);

        (Tensor OfFirst, Tensor OfDead) OutputsOf(Tensor input)
        {
            Tensor output = layers.Single(layer => layer.weight!.shape is [4, ..]).forward(input);
            return (output, layers.Single(layer => layer.weight!.shape is [5, ..]).forward(output));
        }
    }

    [Fact]
    public void Score_PoolingThatIsDead_IsNone()
    {
        using DisposeScope scope = NewDisposeScope();
        GraphValue x = Graph.Images(new NetworkShape { Height = 4, Width = 4 }).Conv(2, 3);
        x.AveragePool(2);
        using GraphModule network = x.Flatten().Linear(10).Build().ToModule();

        FluentActions.Invoking(() => new NoiseImmunity().Score(network, NormalDraw.Of(2, 3, 4, 4))).Should().Throw<ProxyNotApplicableException>()
            .WithMessage("noise-immunity-live saw no pooling layer*");
        double.IsFinite(new NoiseImmunity(NoiseImmunityForm.Log1p).Score(network, NormalDraw.Of(2, 3, 4, 4))).Should().BeTrue();
    }

    [Fact]
    public void Score_BlockThatIsDead_IsNotWatched()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] scores = [.. new[] { true, false }.Select(hasDead =>
        {
            GraphValue x = Graph.Images(new NetworkShape { Height = 6, Width = 6 }).Block("first", images => images.Conv(4, 3, name: "conv"));
            if (hasDead)
            {
                x.Block("dead", input => input.Conv(9, 3, name: "conv").AveragePool(2));
            }

            using GraphModule network = x.Flatten().Linear(10, name: "linear").Build().ToModule();
            return new NoiseImmunity().Score(network, NormalDraw.Of(4, 3, 6, 6));
        })];

        scores[0].Should().Be(scores[1]);
    }

    private static double MeanSquare(Tensor one, Tensor other) => (other - one).to(ScalarType.Float64).square().mean().item<double>();

    [Fact]
    public void Score_GraphWithoutPooling_WatchesTheOutputsOfItsBlocks()
    {
        using DisposeScope scope = NewDisposeScope();
        GraphValue x = Graph.Images(new NetworkShape { Height = 6, Width = 6 }).Block("first", images => images.Conv(4, 3).Relu()).Block("second", input => input.Conv(5, 3).Relu());
        using GraphModule network = x.Flatten().Linear(10).Build().ToModule();
        using var batch = new ProbeBatch(NormalDraw.Of(4, 3, 6, 6));
        Tensor[] clean = OutputsOf(batch.Images), noisy = OutputsOf(batch.NoisyImages);
        double sum = clean.Zip(noisy, (one, other) => (double)(other - one).square().mean().item<float>()).Sum();

        new NoiseImmunity(NoiseImmunityForm.Eta).Score(network, batch).Should().BeApproximately(Math.Log(1e-10 + sum), 1e-5);

        // Two convolutions of 3 and 4 input channels and a linear layer of 180 features, two blocks of 4 and 5 channels.
        new NoiseImmunity().Score(network, batch).Should().BeApproximately(Math.Log((3 + 4 + 180 + 4 + 5) * (3 / 2.0) / Math.Log(1 + sum)), 1e-5);

        Tensor[] OutputsOf(Tensor images)
        {
            Tensor first = network.Blocks[0].call(images);
            return [first, network.Blocks[1].call(first)];
        }
    }
}

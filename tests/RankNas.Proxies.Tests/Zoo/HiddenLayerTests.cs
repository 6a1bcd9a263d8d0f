using RankNas.Kernels;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Proxies.Tests.Zoo;

/// <summary>What hooks cannot see is told; what is idle is none of it.</summary>
public class HiddenLayerTests
{
    [Fact]
    public void Score_OneActivationOfTwoCalledByForward_NamesIt()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new CallsOneForward(nn.Conv2d(3, 4, 3), nn.SiLU(), nn.Conv2d(4, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 5));
        FailureOf(new Naswot(), network).Should().Be("naswot did not see layer1 (SiLU), which CallsOneForward calls by forward(): write call(…)");
        FailureOf(new LogSynFlow(), network).Should().Be("logsynflow did not see layer1 (SiLU), which CallsOneForward calls by forward(): write call(…)");
        new Fisher().Score(network, NormalDraw.Of(4, 3, 8, 8)).Should().BePositive("it needs no activation");
    }

    [Fact]
    public void Score_OneConvolutionOfTwoCalledByForward_NamesIt()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new CallsOneForward(
            nn.AvgPool2d(2), nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 1), nn.ReLU(), nn.Flatten(), nn.Linear(16, 5));
        const string Hidden = "did not see layer1 (Conv2d), which CallsOneForward calls by forward(): write call(…)";
        FailureOf(new NoiseImmunity(), network).Should().Be($"noise-immunity-live {Hidden}");
        FailureOf(new NoiseImmunity(NoiseImmunityForm.Eta), network).Should().BeNull("it counts no convolutions");
        FailureOf(new Fisher(), network).Should().Be($"fisher {Hidden}");
        FailureOf(new MacCount(), network).Should().Be($"macs {Hidden}");
        FailureOf(new Naswot(), network).Should().BeNull();

        // Its weight is absolute wherever it is called from.
        double flow = new SynFlow().Score(network, NormalDraw.Of(4, 3, 8, 8));
        using nn.Module<Tensor, Tensor> seen = nn.Sequential(
            nn.AvgPool2d(2), nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 1), nn.ReLU(), nn.Flatten(), nn.Linear(16, 5));
        foreach ((TorchSharp.Modules.Parameter copy, TorchSharp.Modules.Parameter own) in seen.parameters().Zip(network.parameters()))
        {
            using IDisposable guard = no_grad();
            copy.copy_(own);
        }

        new SynFlow().Score(seen, NormalDraw.Of(4, 3, 8, 8)).Should().Be(flow);
    }

    [Fact]
    public void Score_LayersThatNothingCalls_AreIdle()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> used = nn.Sequential(
            nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(4, 4, 1), nn.GELU(), nn.Flatten(), nn.Linear(36, 5));
        using var network = new LeavesOneIdle(nn.Sequential(nn.Conv2d(3, 9, 3), nn.Tanh(), nn.MaxPool2d(2)), used);
        Tensor images = NormalDraw.Of(4, 3, 8, 8);
        foreach (IZeroCostProxy proxy in BuiltIn.All.Where(proxy => proxy is not ParameterCount and not RegularizedSwap and not NtkConditionNumber))
        {
            proxy.Score(network, images).Should().Be(proxy.Score(used, images), proxy.Id);
        }
    }

    [Fact]
    public void Score_ChoicesOfAOneShotNetwork_AreIdleButForTheOneTaken()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor>[] choices = [.. new[] { 3, 5 }.Select(kernel => nn.Sequential(
            nn.Conv2d(3, 4, kernel, padding: kernel / 2), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(64, 5)))];
        using var network = new TakesChoice(1, choices);
        Tensor images = NormalDraw.Of(4, 3, 8, 8);
        foreach (IZeroCostProxy proxy in BuiltIn.All.Where(proxy => proxy is not ParameterCount and not RegularizedSwap and not NtkConditionNumber))
        {
            proxy.Score(network, images).Should().Be(proxy.Score(choices[1], images), proxy.Id);
        }
    }

    [Fact]
    public void Score_ChoiceAmongLayersCalledByForward_IsTold()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(new TakesChoice(0, nn.ReLU(), nn.GELU()), nn.Flatten());

        FailureOf(new Naswot(), network).Should().StartWith("naswot did not see 0.layer0 (ReLU), which TakesChoice calls by forward()");
    }

    [Fact]
    public void Score_TransformersOfTheLibrary_AreOpaque()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(
            nn.Flatten(2), nn.ReLU(), new CallsOneForward(nn.Identity(), nn.TransformerEncoderLayer(64, 2, 8)), nn.Flatten());

        FailureOf(new Naswot(), network).Should().Be("naswot did not see into 2.layer1 (TransformerEncoderLayer)");
        FailureOf(new SynFlow(), nn.Sequential(nn.Flatten(2), nn.Linear(64, 64), nn.TransformerEncoderLayer(64, 2, 8)))
            .Should().Be("synflow is not defined for TransformerEncoderLayer, which is neither linear nor becomes so");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_MatmulOfTwoFormats_DoesNotEndTheProcess(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using var unregistered = new MultipliesUnregistered(6, nn.Conv2d(3, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten());
        using var created = new MultipliesOnes(6, nn.Conv2d(3, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten());
        foreach (nn.Module<Tensor, Tensor> network in (nn.Module<Tensor, Tensor>[])[unregistered, created])
        {
            network.to(ScalarType.BFloat16);
            if (id != "params" && !(id.EndsWith("synflow", StringComparison.Ordinal) && network == unregistered))
            {
                FluentActions.Invoking(() => BuiltIn.Proxy(id).Score(network, NormalDraw.Of(4, 3, 8, 8).to(ScalarType.BFloat16)))
                    .Should().Throw<Exception>().Which.Message.Should().ContainAny("same dtype", "differ: register", "runs the network in float64");
            }
        }
    }

    [Fact]
    public void Score_TensorsInCollections_TurnPositiveToo()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new MultipliesKept(6, nn.Conv2d(3, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten());

        new SynFlow().Score(network, NormalDraw.Of(4, 3, 8, 8)).Should().BePositive();
        network.Kept.Should().OnlyContain(tensor => tensor.dtype == ScalarType.Float32);
    }

    [Fact]
    public void Score_ActivationsInFunctionsAndInModulesOfTwoInputs_AreNotLeftOut()
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> lambda = nn.Sequential(nn.Conv2d(3, 4, 3), new Applies(x => nn.functional.gelu(x)), nn.ReLU(), nn.Flatten());
        using nn.Module<Tensor, Tensor> linear = nn.Sequential(nn.Conv2d(3, 4, 3), new Applies(x => x.neg()), nn.ReLU(), nn.Flatten());
        using var adds = new AddsToItself(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten());

        FailureOf(new Naswot(), lambda).Should().Be("naswot did not see gelu(…) in Applies.forward(): use a module");
        FailureOf(new Naswot(), adds).Should().Be("naswot did not see relu(…) in RectifiedSum.forward(): use a module");
        new Naswot().Score(linear, NormalDraw.Of(4, 3, 8, 8)).Should().BePositive();
    }

    [Fact]
    public void Score_NetworkWithoutGradients_SaysSo()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new Detaches(nn.Flatten(), nn.Linear(192, 5));
        foreach (IZeroCostProxy proxy in (IZeroCostProxy[])[.. BuiltIn.Gradients, new SynFlow(), new LogSynFlow()])
        {
            FailureOf(proxy, network).Should().Match($"{proxy.Id} saw no * that the lo* depend*");
        }
    }

    [Fact]
    public void Score_AProxyOfOnesOwn_LearnsOfHiddenLayersToo()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new CallsOneForward(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.ReLU(), nn.Flatten());

        FailureOf(new Units(), network).Should().Be("units did not see layer1 (ReLU), which CallsOneForward calls by forward(): write call(…)");
        FailureOf(new Units(), nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten()))
            .Should().Be("units saw no activation (functional calls and layers called by forward() are not seen: use modules, and call(…))");
        new Units().Score(nn.Sequential(nn.ReLU(), nn.Flatten()), NormalDraw.Of(2, 3, 4, 4)).Should().Be(48);
    }

    public static TheoryData<string> All { get; } = [.. BuiltIn.All.Select(proxy => proxy.Id)];

    // What is thrown in a network comes out as it is, and neither hooks nor the gate stay.
    [Theory]
    [MemberData(nameof(All))]
    public async Task Score_NetworkThatThrows_LeavesNothingBehind(string id)
    {
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()), new Throws(), nn.Linear(6, 2));
        using Tensor images = NormalDraw.Of(4, 3, 8, 8);
        if (id != "params")
        {
            FluentActions.Invoking(() => BuiltIn.Proxy(id).Score(network, images)).Should().Throw<FormatException>().WithMessage("Spoiled.");
        }

        network.parameters().Should().OnlyContain(parameter => parameter.dtype == ScalarType.Float32 && parameter.requires_grad);
        network.modules().Should().OnlyContain(module => module.training);
        await Task.Run(() => GradientPasses.Exclusive().Dispose(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
    }

    // Whatever fails while a pass is prepared.
    [Fact]
    public async Task Score_NetworkThatCannotBePrepared_ReleasesTheGate()
    {
        using var network = new Unpreparable();
        using Tensor images = NormalDraw.Of(2, 3, 4, 4);
        foreach (IZeroCostProxy proxy in BuiltIn.Gradients)
        {
            FluentActions.Invoking(() => proxy.Score(network, images)).Should().Throw<FormatException>().WithMessage("Unpreparable.");
        }

        await Task.Run(() => GradientPasses.Exclusive().Dispose(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        is_grad_enabled().Should().BeTrue();
        is_inference_mode_enabled().Should().BeFalse();
    }

    private static string? FailureOf(IZeroCostProxy proxy, nn.Module<Tensor, Tensor> network)
    {
        using Tensor images = NormalDraw.Of(4, 3, 8, 8);
        try
        {
            proxy.Score(network, images);
            return null;
        }
        catch (ProxyNotApplicableException exception)
        {
            return exception.Message;
        }
    }

    private sealed class Unpreparable() : Custom(nn.Linear(4, 3))
    {
        public override IEnumerable<nn.Module> modules() => throw new FormatException("Unpreparable.");

        public override Tensor forward(Tensor input) => input;
    }

    private sealed class Units : IActivationProxy
    {
        public string Id => "units";

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public LayerKinds CleanLayers => LayerKinds.Activation;

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

        public IActivationObserver CreateObserver(ProbeBatch batch) => new Counter(this);

        private sealed class Counter(Units proxy) : IActivationObserver
        {
            private long _units;

            public void Observe(ForwardPass pass, LayerInput input) => _units += input.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);

            public double Complete()
            {
                ProxyNotApplicableException.ThrowIfNone(_units, proxy, "activation");
                return _units;
            }

            public void Dispose()
            {
            }
        }
    }
}

using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Scoring;

/// <summary>What a proxy or a network does wrong is its own failed score, with a reason that names it.</summary>
public class IsolationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => [.. FaultyProxies.Keys];

    private static readonly Dictionary<string, Func<ObserverProxy>> FaultyProxies = new()
    {
        ["CreateObserver throws"] = () => new() { Create = () => throw new InvalidOperationException("Boom.") },
        ["CreateObserver returns null"] = () => new() { Create = () => null },
        ["CleanLayers throws"] = () => new() { OnLayers = () => throw new InvalidOperationException("Boom.") },
        ["Observe throws"] = () => new() { OnObserve = () => throw new InvalidOperationException("Boom.") },
        ["Complete throws"] = () => new() { OnComplete = () => throw new InvalidOperationException("Boom.") },
        ["Dispose throws"] = () => new() { OnDispose = () => throw new InvalidOperationException("Boom.") },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AWatchingProxyThatFailsAnywhere_FailsAlone(string fault)
    {
        SearchResult alone = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).WithBudget(5).Build().RunAsync(Token);
        SearchResult beside = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(FaultyProxies[fault]()).AddProxy(FunctionProxy.LogitSum())
            .WithBudget(5).Build().RunAsync(Token);

        beside.History.Select(evaluated => evaluated.Scores[0]).Should().Equal(alone.History.Select(evaluated => evaluated.Scores[0]));
        beside.History.Select(evaluated => evaluated.Scores[2]).Should().Equal(alone.History.Select(evaluated => evaluated.Scores[1]));
        string reason = fault.EndsWith("null", StringComparison.Ordinal) ? "CreateObserver returned null." : "Boom.";
        beside.History.Should().OnlyContain(evaluated => evaluated.Scores[1].Failure == $"The proxy failed: {reason}");
    }

    [Fact]
    public async Task AWatchingProxyThatSawNothing_HasItsOwnReason()
    {
        var proxy = new ObserverProxy { OnComplete = () => throw new ProxyNotApplicableException("watching saw no pooling") };
        (await ScoreOf(new TinySpace(), proxy)).Failure.Should().Be("watching saw no pooling");
    }

    [Fact]
    public async Task AnyProxyThatSawNothing_HasItsOwnReason()
    {
        var proxy = new FunctionProxy("p", (_, _) => throw new ProxyNotApplicableException("p saw no block"));
        (await ScoreOf(new TinySpace(), proxy)).Failure.Should().Be("p saw no block");
    }

    [Theory]
    [InlineData("\n\nSecond line.\n  at native", "The proxy failed: Second line.")]
    [InlineData("", "The proxy failed: NotSupportedException")]
    public async Task AFailure_IsOneLine(string message, string reason) =>
        (await ScoreOf(new TinySpace(), new FunctionProxy("p", (_, _) => throw new NotSupportedException(message)))).Failure.Should().Be(reason);

    [Fact]
    public async Task AWrappedFailure_IsToldByItsCause()
    {
        var proxy = new FunctionProxy("p", (_, _) => throw new AggregateException(new InvalidOperationException("The cause.")));
        (await ScoreOf(new TinySpace(), proxy)).Failure.Should().Be("The proxy failed: The cause.");
    }

    [Fact]
    public async Task ANetworkThatCannotBeBuilt_IsWhatFailed()
    {
        foreach ((FaultySpace space, string reason) in ((FaultySpace, string)[])
        [
            (new() { BuildInstead = _ => null }, "The network could not be built: BuildNetwork of faulty returned null."),
            (new() { BuildInstead = _ => throw new InvalidOperationException("No room.") }, "The network could not be built: No room."),
            (new() { ParseInstead = _ => null }, "The network could not be built: faulty read nothing in '0-0-0'."),
            (new() { ParseInstead = _ => throw new ArchitectureFormatException("Not mine.") }, "The network could not be built: Not mine."),
        ])
        {
            (await ScoreOf(space, new InputSum())).Failure.Should().Be(reason);
            (await ScoreOf(space, FunctionProxy.LogitSum())).Failure.Should().Be(reason);
        }
    }

    [Fact]
    public async Task ANetworkThatThrowsAsItRuns_IsWhatFailed_WhicheverProxyRanIt()
    {
        var space = new FaultySpace { BuildInstead = _ => new FunctionModule(_ => throw new InvalidOperationException("Jammed.")) };
        (await ScoreOf(space, new InputSum())).Failure.Should().Be("The network's forward pass failed: Jammed.");
        (await ScoreOf(space, FunctionProxy.LogitSum())).Failure.Should().Be("The network's forward pass failed: Jammed.");
    }

    [Fact]
    public async Task ANetworkThatReturnsNoLogits_IsWhatFailed_WhicheverProxyRanIt()
    {
        var space = new FaultySpace { BuildInstead = _ => new FunctionModule(images => zeros(images.shape[0], 7)) };
        const string Reason = "The network's forward pass failed: It returned [8, 7] where logits are [8, 10], a row for each image.";
        (await ScoreOf(space, new InputSum())).Failure.Should().Be(Reason);
        (await ScoreOf(space, FunctionProxy.LogitSum())).Failure.Should().Be(Reason);
    }

    [Fact]
    public async Task ANetworkWithoutParameters_IsScored()
    {
        var space = new FaultySpace { BuildInstead = shape => new FunctionModule(images => ones(images.shape[0], shape.Classes)) };
        (await ScoreOf(space, FunctionProxy.LogitSum())).Should().Be(Score.Of(80));
    }

    [Fact]
    public async Task FailuresForWantOfMemory_AreTransientAndNotStored_AndComputedByTheNextRun()
    {
        await using var store = new InMemoryScoreStore();
        bool isShort = true;
        NasBuilder Search() => Searches.Tiny().UseScoreStore(store).WithBudget(3).AddProxy(FunctionProxy.Parameters())
            .AddProxy(new FunctionProxy("hungry", (_, _) => isShort ? throw new InsufficientMemoryException("Out of memory.") : 1));

        SearchResult first = await Search().Build().RunAsync(Token);
        first.History.Should().OnlyContain(evaluated => evaluated.Scores[1].IsTransient && evaluated.Scores[1].Failure == "The proxy failed: Out of memory.");
        first.Notices.Should().ContainSingle(notice => notice.Code == "scores-not-stored")
            .Which.Message.Should().StartWith("Scores of 3 architectures failed because memory or time ran out.");
        store.Count.Should().Be(3);

        isShort = false;
        SearchResult second = await Search().Build().RunAsync(Token);
        second.History.Should().OnlyContain(evaluated => evaluated.Scores[1] == Score.Of(1));
        store.Count.Should().Be(6);
    }

    [Theory]
    [InlineData("[enforce fail at alloc_cpu.cpp:117] data. DefaultCPUAllocator: can't allocate memory: you tried to allocate 12 bytes.")]
    [InlineData("DefaultCPUAllocator: not enough memory: you tried to allocate 12 bytes.")]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB")]
    [InlineData("std::bad_alloc")]
    [InlineData("cuDNN error: CUDNN_STATUS_ALLOC_FAILED")]
    public async Task WhatLibtorchSaysOfMemory_IsTransient(string message) =>
        (await ScoreOf(new TinySpace(), new FunctionProxy("p", (_, _) => throw new InvalidOperationException(message))))
            .IsTransient.Should().BeTrue();

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public async Task AMatmulThatCannotBe_IsAFailedScore_ForProxiesOfEveryKind(Precision precision)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the process ends.");
        TorchRuntime.EnsureLoaded();
        Tensor[] matrix = [ones(precision == Precision.Float32 ? 4 : 3, 10, dtype: ScalarType.Float32, device: CPU)];
        var space = new FaultySpace
        {
            BuildInstead = shape => nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), new FunctionModule(features => features.matmul(matrix[0]))),
        };

        SearchResult result = await Searches.Tiny().UseSpace(space).WithPrecision(precision).WithBudget(2)
            .AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).Build().RunAsync(Token);

        result.History.SelectMany(evaluated => evaluated.Scores).Should().OnlyContain(score =>
            score.Failure!.StartsWith("The network's forward pass failed: ", StringComparison.Ordinal) && !score.Failure.Contains("ends the process"));
    }

    [Fact]
    public async Task ATensorKeptFromPassToPass_IsSaidToNeedDetaching()
    {
        Tensor? kept = null;
        var space = new FaultySpace
        {
            BuildInstead = shape => new FunctionModule(images => zeros(images.shape[0], shape.Classes, device: CPU).mul(kept ??= ones(1, device: CPU))),
        };

        (await ScoreOf(space, new InputSum())).Failure.Should().Match("The network's forward pass failed: *was disposed: one that is kept*needs DetachFromDisposeScope()*");
    }

    [Fact]
    public async Task AnyOtherFailure_IsStored()
    {
        await using var store = new InMemoryScoreStore();
        await Searches.Tiny().UseScoreStore(store).WithBudget(2).AddProxy(new FunctionProxy("p", (_, _) => throw new InvalidOperationException("No.")))
            .Build().RunAsync(Token);
        store.Count.Should().Be(2);
    }

    [Theory]
    [InlineData("trains")]
    [InlineData("zeroes")]
    [InlineData("disposes the network")]
    [InlineData("has it in float64")]
    [InlineData("zeroes the images")]
    [InlineData("disposes the images")]
    [InlineData("changes the noise")]
    public async Task AProxyThatChangesWhatItIsGiven_LeavesTheOthersScoresAsTheyAre(string change)
    {
        SearchResult alone = await SearchOf(new TinySpace(), FunctionProxy.LogitSum(), NoisyLogitSum());
        SearchResult beside = await SearchOf(
            new TinySpace(),
            new FunctionProxy("careless", (network, batch) => Change(change, network, batch)) { IsConcurrent = true }, FunctionProxy.LogitSum(), NoisyLogitSum());

        beside.History.Select(evaluated => evaluated.Scores[0].Kind).Should().OnlyContain(kind => kind == ScoreKind.Finite);
        beside.History.Select(evaluated => evaluated.Scores[1]).Should().Equal(alone.History.Select(evaluated => evaluated.Scores[0]));
        beside.History.Select(evaluated => evaluated.Scores[2]).Should().Equal(alone.History.Select(evaluated => evaluated.Scores[1]));
    }

    [Fact]
    public async Task ASpaceThatReturnsOneNetworkTwice_IsWhatFailed()
    {
        nn.Module<Tensor, Tensor> kept = new TinySpace().BuildNetwork(new TinySpace().FromIndex(0), new NetworkShape());
        SearchResult result = await SearchOf(new FaultySpace { BuildInstead = _ => kept }, FunctionProxy.LogitSum());

        result.History.Count(evaluated => evaluated.Scores[0].Failure is null).Should().Be(1);
        result.History.Select(evaluated => evaluated.Scores[0].Failure).OfType<string>().Should().OnlyContain(
            reason => reason == "The network could not be built: BuildNetwork of faulty returned a network that it had returned before: build a new one each time.");
    }

    [Theory]
    [InlineData("list", "The network could not be built: Careless has not registered _layers, a list with Linear in it: use nn.ModuleList, and call RegisterComponents() at the end of its constructor")]
    [InlineData("array", "The network could not be built: Careless has not registered _layers, a list with Linear in it: use nn.ModuleList, and call RegisterComponents() at the end of its constructor")]
    [InlineData("field", "The network could not be built: Careless has not registered _layers (Linear): call RegisterComponents() at the end of its constructor")]
    [InlineData("parameter", "The network could not be built: Careless has not registered _layers (Parameter): call RegisterComponents() at the end of its constructor")]
    public async Task LayersThatAreNotRegistered_AreNamed(string kind, string reason)
    {
        // Beneath another module, as blocks of a network are.
        var space = new FaultySpace { BuildInstead = shape => nn.Sequential(new Careless(kind), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, shape.Classes)) };
        (await ScoreOf(space, FunctionProxy.LogitSum())).Failure.Should().Be(reason);
    }

    [Theory]
    [InlineData("registered")]
    [InlineData("numbers")]
    public async Task WhatIsRegisteredOrNoLayer_MayBeInAnyField(string kind)
    {
        var space = new FaultySpace { BuildInstead = shape => nn.Sequential(new Careless(kind), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, shape.Classes)) };
        (await ScoreOf(space, FunctionProxy.LogitSum())).Kind.Should().Be(ScoreKind.Finite);
    }

    [Fact]
    public async Task ANetworkInAnotherFormat_RunsInThatOfTheSearch()
    {
        var doubles = new FaultySpace { BuildInstead = shape => new TinySpace().BuildNetwork(new TinySpace().FromIndex(0), shape).to(ScalarType.Float64) };
        var plain = new FaultySpace { BuildInstead = shape => new TinySpace().BuildNetwork(new TinySpace().FromIndex(0), shape) };
        (await ScoreOf(doubles, FunctionProxy.LogitSum())).Should().Be(await ScoreOf(plain, FunctionProxy.LogitSum()));
    }

    private static FunctionProxy NoisyLogitSum() => new("noisy", (network, batch) => network.call(batch.NoisyImages).sum().item<float>());

    private static double Change(string change, nn.Module<Tensor, Tensor> network, ProbeBatch batch)
    {
        using IDisposable guard = no_grad();
        switch (change)
        {
            case "trains":
                foreach (Tensor parameter in network.parameters())
                {
                    parameter.mul_(0.9);
                }

                network.train();
                network.call(batch.Images);
                break;
            case "zeroes":
                foreach (Tensor parameter in network.parameters())
                {
                    parameter.zero_();
                }

                break;
            case "disposes the network":
                network.Dispose();
                break;
            case "has it in float64":
                network.to(ScalarType.Float64);
                break;
            case "zeroes the images":
                batch.Images.zero_();
                break;
            case "disposes the images":
                batch.Images.Dispose();
                break;
            default:
                batch.NoisyImages.zero_();
                break;
        }

        return 1;
    }

    private static Task<SearchResult> SearchOf(ISearchSpace space, params IZeroCostProxy[] proxies) => proxies
        .Aggregate(Searches.Tiny().UseSpace(space), (builder, proxy) => builder.AddProxy(proxy)).WithBudget(5).Build().RunAsync(Token);

    /// <summary>A module that keeps what it has in a field, and may forget to register it.</summary>
    private sealed class Careless : nn.Module<Tensor, Tensor>
    {
        private readonly object _layers;

        public Careless(string kind)
            : base("careless")
        {
            nn.Module<Tensor, Tensor> layer = nn.Linear(4, 4);
            _layers = kind switch
            {
                "list" => new List<nn.Module<Tensor, Tensor>> { layer },
                "array" => new nn.Module[] { layer },
                "parameter" => new TorchSharp.Modules.Parameter(zeros(3)),
                "numbers" => new List<double> { 1, 2 },
                _ => layer,
            };
            if (kind == "registered")
            {
                register_module("layer", layer);
                _layers = new Dictionary<string, nn.Module> { ["layer"] = layer };
            }
        }

        public override Tensor forward(Tensor input) => _layers is null ? input : input.alias();
    }

    private static async Task<Score> ScoreOf(ISearchSpace space, IZeroCostProxy proxy)
    {
        SearchResult result = await Searches.Tiny().UseSpace(space).AddProxy(proxy).WithBudget(1).Build().RunAsync(Token);
        return result.Best.Scores[0];
    }
}

using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;

namespace RankNas.Core.Tests;

public class NasBuilderTests
{
    [Fact]
    public void Build_WithoutSpace_SaysWhatToCall() =>
        FluentActions.Invoking(() => NasBuilder.Create().AddProxy(new InputSum()).UseStrategy(new TakeFirst()).Build())
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The search has no space: call UseNatsTopology(), UseMobileNet(), another Use… of a space, or UseSpace(…).");

    [Fact]
    public void Build_WithoutProxy_SaysWhatToCall() =>
        FluentActions.Invoking(() => Searches.Tiny().Build())
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The search has no proxy: call AddNoiseImmunity(), AddNaswot(), AddLogSynFlow() or AddProxy(…) at least once.");

    [Fact]
    public void Build_WithoutStrategy_SaysWhatToCall() =>
        FluentActions.Invoking(() => NasBuilder.Create().UseSpace(new TinySpace()).AddProxy(new InputSum()).Build())
            .Should().Throw<InvalidOperationException>()
            .WithMessage("The search has no strategy: call UseRandomSearch(), UseGeneticSearch(), UseSimulatedAnnealing(), UseAgingEvolution() or UseStrategy(…).");

    [Fact]
    public void Build_SameProxyTwice_NamesIt() =>
        FluentActions.Invoking(() => Searches.Tiny().AddProxy(new InputSum()).AddProxy(new InputSum()).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("The proxy 'input-sum' was added twice: each may be added once.");

    [Fact]
    public void Build_FewerImagesThanTheBatchSize_NamesBothNumbers() =>
        FluentActions.Invoking(() => Searches.Tiny().AddProxy(new InputSum()).WithBatchSize(9).Build())
            .Should().Throw<InvalidOperationException>().WithMessage("The batch size is 9, but there are 8 images (*): call WithBatchSize(8) or less*");

    [Fact]
    public async Task UseImages_AfterWithBatchSize_KeepsIt() => (await BatchSizeOf(builder => builder.WithBatchSize(5).UseImages(Images(20)))).Should().Be(5);

    [Fact]
    public async Task UseImages_WithASizeOfItsOwn_SetsIt() => (await BatchSizeOf(builder => builder.WithBatchSize(5).UseImages(Images(20), 7))).Should().Be(7);

    [Fact]
    public async Task WithBatchSize_AfterUseImages_SetsIt() => (await BatchSizeOf(builder => builder.UseImages(Images(20), 7).WithBatchSize(5))).Should().Be(5);

    [Fact]
    public async Task Build_FewerImagesThanTheDefault_TakesAllOfThem() => (await BatchSizeOf(builder => builder.UseImages(Images(10)))).Should().Be(10);

    [Fact]
    public async Task Build_MoreImagesThanTheDefault_TakesTheDefault() => (await BatchSizeOf(builder => builder.UseImages(Images(200)))).Should().Be(128);

    [Fact]
    public void UseImages_ASizeThatIsRefused_ChangesNothing()
    {
        NasBuilder builder = NasBuilder.Create();
        builder.Invoking(b => b.UseImages(Images(3), 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("batchSize is 0: it must be at least 1.*");
        builder.UseSpace(new TinySpace()).UseStrategy(new TakeFirst()).AddProxy(new InputSum()).WithBatchSize(100).Build().Should().NotBeNull();
    }

    private static ProbeImages Images(int count) => ProbeImages.Synthetic(shape: new NetworkShape { Height = 4, Width = 4 }, count: count);

    private static async Task<int> BatchSizeOf(Func<NasBuilder, NasBuilder> set) => (await set(NasBuilder.Create()).UseSpace(new TinySpace())
        .UseStrategy(new TakeFirst()).AddProxy(FunctionProxy.Parameters()).WithBudget(1).Build().RunAsync(TestContext.Current.CancellationToken)).Images.BatchSize;

    [Fact]
    public void AfterBuild_TheBuilderIsFrozen()
    {
        NasBuilder builder = Searches.Tiny().AddProxy(new InputSum());
        builder.Build();
        builder.Invoking(built => built.WithSeed(2)).Should().Throw<InvalidOperationException>()
            .WithMessage("The builder has built its search and is frozen: start another with NasBuilder.Create().");
    }

    [Fact]
    public void AfterAFailedBuild_TheBuilderCanBeMended()
    {
        NasBuilder builder = Searches.Tiny();
        builder.Invoking(unfinished => unfinished.Build()).Should().Throw<InvalidOperationException>();
        builder.AddProxy(new InputSum()).Build().Should().NotBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void With_NumbersBelowOne_AreRefused(int value)
    {
        NasBuilder builder = NasBuilder.Create();
        builder.Invoking(b => b.WithBudget(value)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"architectures is {value}: it must be at least 1.*");
        builder.Invoking(b => b.WithBatchSize(value)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"batchSize is {value}: it must be at least 1.*");
        builder.Invoking(b => b.WithRepeats(value)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"repeats is {value}: it must be at least 1.*");
        builder.Invoking(b => b.WithWorkers(value)).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"workers is {value}: it must be at least 1.*");
    }

    [Fact]
    public void WithPrecision_Undefined_IsRefused() =>
        FluentActions.Invoking(() => NasBuilder.Create().WithPrecision((Precision)9))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The precision is Float32, Float64 or BFloat16.*");

    [Fact]
    public void WithDevices_TwiceOrTheCpuAmongOthersOrNone_IsRefused()
    {
        NasBuilder builder = NasBuilder.Create();
        builder.Invoking(b => b.WithDevices("cuda:0", "cuda")).Should().Throw<ArgumentException>().WithMessage("The devices are 'cuda:0, cuda:0': give one, or several GPUs, each once. *");
        builder.Invoking(b => b.WithDevices("cpu", "cuda")).Should().Throw<ArgumentException>().WithMessage("The devices are 'cpu, cuda:0': *");
        builder.Invoking(b => b.WithDevices()).Should().Throw<ArgumentException>();
        builder.Invoking(b => b.WithDevice("gpu")).Should().Throw<FormatException>();
    }

    [Fact]
    public void Build_ADeviceThatIsNotThere_SaysWhatToDo()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "There is a GPU here.");
        Searches.Tiny().AddProxy(new InputSum()).WithDevice("cuda:1").Invoking(b => b.Build())
            .Should().Throw<InvalidOperationException>().WithMessage("The device cuda:1 is not there: *call WithDevice(\"cpu\"), or add the package TorchSharp-cuda-linux *");
    }

    [Fact]
    public async Task Defaults_AreThoseOfTheDocumentation()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new TinySpace()).UseStrategy(new TakeFirst())
            .AddProxy(FunctionProxy.Parameters()).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Budget.Should().Be(1000);
        result.Seed.Should().Be(0);
        result.Precision.Should().Be(Precision.Float32);
        result.Aggregator.Should().Be("rank-sum");
        result.Images.BatchSize.Should().Be(128);
        result.Images.IsSynthetic.Should().BeTrue();
        result.End.Should().Be(SearchEnd.Completed);
    }
}

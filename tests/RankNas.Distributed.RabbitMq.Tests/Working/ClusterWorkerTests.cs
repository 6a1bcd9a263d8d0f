using RankNas.Distributed.Tests.Support;
using RankNas.Distributed.Working;
using RankNas.Images;
using RankNas.Proxies;
using RankNas.Torch;
using static RankNas.Distributed.Tests.Support.Searches;
using static TorchSharp.torch;

namespace RankNas.Distributed.Tests.Working;

public class ClusterWorkerTests
{
    private static readonly ClusterWorkerOptions TwoThreads = new() { Workers = 2 };

    private static NasBuilder Real(int budget = 12) => NasBuilder.Create().WithBudget(budget).WithSeed(3).UseRandomSearch();

    [Fact]
    [Trait("Category", "Campaign")]
    public async Task Search_BuiltInSpaceAndEveryBuiltInProxy_IsThatOfThisProcess()
    {
        await using var cluster = new Cluster();
        cluster.Start(TwoThreads);
        using Tensor images = NormalDraw.Of(8, 3, 16, 16), labels = tensor(new long[] { 0, 1, 2, 3, 0, 1, 2, 3 });
        NasBuilder Builder()
        {
            NasBuilder builder = Real(6).UseNatsTopology().UseImages(ProbeImages.FromTensor(images, labels, 5), 8).WithRepeats(2)
                .UseInitializer(WeightInitializer.SplitMix).UseNoise(NoiseGenerator.SplitMix);
            foreach (IZeroCostProxy proxy in BuiltIns.Proxies.Values.Where(proxy => proxy.Id != "ntk").Append(new NtkConditionNumber(new NtkOptions { Images = 4 })))
            {
                builder.AddProxy(proxy);
            }

            return builder;
        }

        SearchResult result = await cluster.SearchAsync(Builder());

        Found(result).Should().Equal(Found(await Builder().Build().RunAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(Precision.Float64)]
    [InlineData(Precision.BFloat16)]
    public async Task Search_SpaceThatWorkersDoNotKnow_IsScoredByItsGraphs(Precision precision)
    {
        await using var cluster = new Cluster();
        cluster.Start(TwoThreads);
        NasBuilder Builder() => Real().UseSpace(new OwnSpace()).AddNaswot().AddLogSynFlow().AddMacCount().WithBatchSize(8).WithPrecision(precision);

        SearchResult result = await cluster.SearchAsync(Builder());

        Found(result).Should().Equal(Found(await Builder().Build().RunAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Search_NetworksThatCannotBeDescribed_FailAsTheyDoAlone()
    {
        await using var cluster = new Cluster();
        cluster.Start(TwoThreads);
        NasBuilder Builder() => Real(8).UseSpace(new HalfSpace()).AddNaswot().WithBatchSize(8);

        SearchResult result = await cluster.SearchAsync(Builder());

        SearchResult alone = await Builder().Build().RunAsync(TestContext.Current.CancellationToken);
        result.Ranked.Select(one => (one.Architecture, one.Scores[0].Failure)).Should().Equal(alone.Ranked.Select(one => (one.Architecture, one.Scores[0].Failure)));
        result.Ranked.Count(one => one.Scores[0].Failure?.Contains("Too wide", StringComparison.Ordinal) == true).Should().Be(4);
    }

    [Fact]
    public async Task Search_ImagesOfSeveralParts_AreFetchedOnceAndWhole()
    {
        await using var cluster = new Cluster();
        cluster.Start(TwoThreads);
        NasBuilder Builder(long seed) => Real(2).UseSpace(new OwnSpace()).AddNaswot().WithSeed(seed)
            .UseImages(ProbeImages.Synthetic(shape: new() { Height = 128, Width = 100 }, count: 40), 40);

        foreach (long seed in (long[])[1, 2])
        {
            Found(await cluster.SearchAsync(Builder(seed))).Should().Equal(Found(await Builder(seed).Build().RunAsync(TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task Search_SpaceOfModulesAndOwnProxy_NeedWorkersThatHaveThem()
    {
        await using var cluster = new Cluster();
        NasBuilder Builder() => Real(5).UseSpace(new OwnModules()).AddProxy(new OwnProxy()).WithBatchSize(4);
        cluster.Start(TwoThreads);
        await FluentActions.Awaiting(() => cluster.SearchAsync(Builder())).Should().ThrowAsync<ClusterException>().WithMessage("*'own-modules' builds modules*--load*");
        await FluentActions.Awaiting(() => cluster.SearchAsync(Real(5).UseNatsSize().AddProxy(new OwnProxy()).WithBatchSize(4)))
            .Should().ThrowAsync<ClusterException>().WithMessage("*no proxy 'own-proxy'*--load*");

        cluster.Start(TwoThreads with { Parts = WorkerParts.FromAssembly(typeof(OwnModules).Assembly.Location) });

        Found(await cluster.SearchAsync(Builder())).Should().Equal(Found(await Builder().Build().RunAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Search_WithoutKernels_IsThatOfThisProcess()
    {
        await using var cluster = new Cluster();
        cluster.Start(TwoThreads);
        NasBuilder Builder() => Real(4).UseNatsSize().AddNaswot().AddLogSynFlow().WithBatchSize(4).WithoutKernels();

        Found(await cluster.SearchAsync(Builder())).Should().Equal(Found(await Builder().Build().RunAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Search_OnAGpu_IsRefusedByWorkersOfTheCpu()
    {
        await using var cluster = new Cluster();
        cluster.Start(TwoThreads);

        await FluentActions.Awaiting(() => cluster.SearchAsync(Real().UseNatsSize().AddNaswot().WithBatchSize(4).WithDevice("cuda")))
            .Should().ThrowAsync<ClusterException>().WithMessage("*is for cuda*on cpu*");
    }

    [Fact]
    public void FromAssembly_NoneOrNoSuchParts_SaysSo()
    {
        FluentActions.Invoking(() => WorkerParts.FromAssembly("/no/such.dll")).Should().Throw<ClusterException>().WithMessage("The assembly '/no/such.dll' cannot be loaded*");
        FluentActions.Invoking(() => WorkerParts.FromAssembly(typeof(CsCheck.Gen).Assembly.Location)).Should().Throw<ClusterException>().WithMessage("*no public class*");
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("text.dll"), "text");
        FluentActions.Invoking(() => WorkerParts.FromAssembly(folder.File("text.dll"))).Should().Throw<ClusterException>().WithMessage("*cannot be loaded*");
    }

    [Fact]
    public async Task RunAsync_Twice_IsAnError()
    {
        await using var cluster = new Cluster();
        ClusterWorker worker = cluster.Start(TwoThreads);

        await FluentActions.Awaiting(() => worker.RunAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<InvalidOperationException>();
    }
}

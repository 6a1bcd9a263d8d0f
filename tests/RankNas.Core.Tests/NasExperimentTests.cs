using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Kernels;
using RankNas.Proxies;
using RankNas.Scores;
using RankNas.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Core.Tests;

public class NasExperimentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Twice_GivesTheSameScoresToTheLastBit()
    {
        NasExperiment experiment = Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).WithSeed(3).Build();
        ScoresOf(await experiment.RunAsync(Token)).Should().Equal(ScoresOf(await experiment.RunAsync(Token)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task RunAsync_AnyNumberOfWorkers_GivesTheSameScoresToTheLastBit(int workers)
    {
        SearchResult one = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).WithWorkers(1).Build().RunAsync(Token);
        SearchResult many = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(FunctionProxy.LogitSum()).WithWorkers(workers).Build().RunAsync(Token);
        ScoresOf(many).Should().Equal(ScoresOf(one));
        many.Ranked.Select(candidate => candidate.Architecture).Should().Equal(one.Ranked.Select(candidate => candidate.Architecture));
    }

    [Fact]
    public async Task RunAsync_AnotherSeed_GivesOtherWeights()
    {
        SearchResult first = await Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).WithSeed(1).Build().RunAsync(Token);
        SearchResult second = await Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).WithSeed(2).Build().RunAsync(Token);
        ScoresOf(first).Should().NotIntersectWith(ScoresOf(second));
    }

    [Fact]
    public async Task RunAsync_Budget_CountsDistinctArchitectures()
    {
        SearchResult result = await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithBudget(10).Build().RunAsync(Token);
        result.Evaluations.Should().Be(10);
        result.History.Select(evaluated => evaluated.Architecture).Should().OnlyHaveUniqueItems().And.HaveCount(10);
        result.End.Should().Be(SearchEnd.BudgetUsed);
    }

    [Fact]
    public async Task RunAsync_SpaceSmallerThanTheBudget_EndsCompleted()
    {
        SearchResult result = await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).Build().RunAsync(Token);
        result.Evaluations.Should().Be(27);
        result.End.Should().Be(SearchEnd.Completed);
    }

    [Fact]
    public async Task RunAsync_AProxyThatThrows_IsAFailedScoreThatRanksLast()
    {
        var throwing = new FunctionProxy("moody", (network, _) => network.parameters().Sum(parameter => parameter.numel()) is var size && size > 100
            ? throw new InvalidOperationException("Too large for me.\n   at somewhere native")
            : size);
        SearchResult result = await Searches.Tiny().AddProxy(throwing).Build().RunAsync(Token);

        Score[] failures = [.. result.Ranked.Select(candidate => candidate.ScoreBy("moody")).Where(score => score.Kind == ScoreKind.Failed)];
        failures.Should().NotBeEmpty().And.OnlyContain(score => score.Failure == "The proxy failed: Too large for me.");
        result.Ranked.Take(27 - failures.Length).Should().OnlyContain(candidate => candidate.Scores[0].Kind == ScoreKind.Finite);
    }

    [Fact]
    public async Task RunAsync_OneWatchingProxyThrows_TheOthersKeepTheirScores()
    {
        SearchResult alone = await Searches.Tiny().AddProxy(new InputSum()).Build().RunAsync(Token);
        SearchResult together = await Searches.Tiny().AddProxy(new InputSum()).AddProxy(new Spoiler()).Build().RunAsync(Token);
        together.History.Select(evaluated => evaluated.Scores[0]).Should().Equal(alone.History.Select(evaluated => evaluated.Scores[0]));
        together.History.Should().OnlyContain(evaluated => evaluated.Scores[1].Failure == "The proxy failed: Spoiled.");
    }

    [Fact]
    public async Task RunAsync_NaN_IsAFailure()
    {
        SearchResult result = await Searches.Tiny().AddProxy(new FunctionProxy("nan", (_, _) => double.NaN)).WithBudget(1).Build().RunAsync(Token);
        result.Best.Scores[0].Failure.Should().Be("The proxy returned NaN.");
    }

    [Fact]
    public async Task RunAsync_Cancelled_ReturnsTheBestSoFar()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var slow = new FunctionProxy("slow", (network, _) => network.parameters().Count());
        SearchResult result = await Searches.Tiny().AddProxy(slow).WithWorkers(1)
            .UseProgress(new Reporter(progress =>
            {
                if (progress.Evaluations == 6)
                {
                    cancellation.Cancel();
                }
            }))
            .Build().RunAsync(cancellation.Token);

        result.IsCancelled.Should().BeTrue();
        result.Evaluations.Should().BeInRange(6, 8);
        result.Ranked.Should().HaveCount(result.Evaluations);
        result.Best.Rank.Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_CancelledBeforeItStarts_IsEmptyAndSaysSo()
    {
        SearchResult result = await Searches.Tiny().AddProxy(new InputSum()).Build().RunAsync(new CancellationToken(canceled: true));
        result.IsCancelled.Should().BeTrue();
        result.Ranked.Should().BeEmpty();
        result.Invoking(empty => empty.Best).Should().Throw<InvalidOperationException>().WithMessage("Nothing was scored before*");
    }

    [Fact]
    public async Task RunAsync_TimeUsed_EndsWithTheBestSoFar()
    {
        SearchResult result = await Searches.Tiny().AddProxy(new FunctionProxy("slow", (_, _) =>
        {
            Thread.Sleep(300);
            return 1;
        })).WithBudget(1000).WithTimeLimit(TimeSpan.FromSeconds(2)).Build().RunAsync(TestContext.Current.CancellationToken);

        result.End.Should().Be(SearchEnd.TimeUsed);
        result.IsCancelled.Should().BeFalse();
        result.Evaluations.Should().BeInRange(1, 100);
        result.Best.Rank.Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_BudgetUsedBeforeTheTime_SaysBudget()
    {
        SearchResult result = await Searches.Tiny().AddProxy(new InputSum()).WithBudget(3).WithTimeLimit(TimeSpan.FromHours(1)).Build().RunAsync(TestContext.Current.CancellationToken);

        result.End.Should().Be(SearchEnd.BudgetUsed);
        result.Evaluations.Should().Be(3);
    }

    [Fact]
    public void WithTimeLimit_BelowASecond_IsRefused() =>
        FluentActions.Invoking(() => Searches.Tiny().WithTimeLimit(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The time limit is 00:00:00: it must be from one second to 24 days.*");

    [Fact]
    public async Task RunAsync_ScoresInTheStore_AreNotComputedAgain()
    {
        await using var store = new InMemoryScoreStore();
        var first = FunctionProxy.LogitSum();
        SearchResult once = await Searches.Tiny().AddProxy(first).UseScoreStore(store).WithBudget(12).Build().RunAsync(Token);
        var second = FunctionProxy.LogitSum();
        SearchResult again = await Searches.Tiny().AddProxy(second).UseScoreStore(store).WithBudget(20).Build().RunAsync(Token);

        first.Calls.Should().Be(12);
        second.Calls.Should().Be(8);
        again.History.Count(evaluated => evaluated.FromStore).Should().Be(12);
        ScoresOf(again).Take(12).Should().Equal(ScoresOf(once));
    }

    [Fact]
    public async Task RunAsync_AChangedSetting_NeverReadsAnOldScore()
    {
        await using var store = new InMemoryScoreStore();
        NasBuilder Search(string settings) => Searches.Tiny().AddProxy(new FunctionProxy("p", (_, _) => settings.Length, settings: settings)).UseScoreStore(store).WithBudget(3);
        await Search("a").Build().RunAsync(Token);

        SearchResult[] changed =
        [
            await Search("ab").Build().RunAsync(Token),
            await Search("a").WithSeed(1).Build().RunAsync(Token),
            await Search("a").WithBatchSize(7).Build().RunAsync(Token),
            await Search("a").WithPrecision(Precision.Float64).Build().RunAsync(Token),
            await Search("a").UseInitializer(WeightInitializer.SplitMix).Build().RunAsync(Token),
            await Search("a").UseNoise(NoiseGenerator.SplitMix).Build().RunAsync(Token),
            await Search("a").UseImages(ProbeImages.Synthetic(1, new NetworkShape { Height = 8, Width = 8 }), 8).Build().RunAsync(Token),
        ];
        changed.Should().OnlyContain(result => result.History.All(evaluated => !evaluated.FromStore));
    }

    [Fact]
    public async Task BuildNetwork_GivesTheVeryNetworkThatWasScored()
    {
        SearchResult result = await Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).WithSeed(5).Build().RunAsync(Token);
        using DisposeScope scope = NewDisposeScope();
        using nn.Module<Tensor, Tensor> network = result.BuildNetwork(result.Best);
        Tensor images = ProbeImages.Synthetic(shape: new NetworkShape { Height = 8, Width = 8 }).Take(8);
        network.call(images).sum().item<float>().Should().BeApproximately((float)result.Best.ScoreBy("logit-sum").Value, 1e-3f);
    }

    [Fact]
    public async Task RunAsync_Repeats_AverageOverInitialisations()
    {
        SearchResult one = await Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).WithBudget(1).Build().RunAsync(Token);
        SearchResult three = await Searches.Tiny().AddProxy(FunctionProxy.LogitSum()).WithBudget(1).WithRepeats(3).Build().RunAsync(Token);
        three.Best.Scores[0].Value.Should().NotBe(one.Best.Scores[0].Value);
        three.Evaluations.Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_Progress_CountsUpToTheEnd()
    {
        List<SearchProgress> reports = [];
        await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithBudget(9).WithWorkers(3).UseProgress(new Reporter(reports.Add)).Build().RunAsync(Token);
        reports.Select(report => report.Evaluations).Should().Equal(Enumerable.Range(1, 9));
        reports.Should().OnlyContain(report => report.Budget == 9);
    }

    [Fact]
    public async Task RunAsync_ImagesThatCannotBeRead_IsOneClearError()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, new byte[3073 * 8], Token);
        NasExperiment experiment = NasBuilder.Create().UseSpace(new TinySpace()).UseStrategy(new TakeFirst())
            .UseImages(ProbeImages.FromCifar10(path), 8).AddProxy(new InputSum()).Build();
        File.Delete(path);
        await experiment.Awaiting(search => search.RunAsync(Token)).Should().ThrowAsync<IOException>();
    }

    private static double[] ScoresOf(SearchResult result) =>
        [.. result.History.SelectMany(evaluated => evaluated.Scores).Select(score => score.Value)];

    private sealed class Reporter(Action<SearchProgress> report) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => report(value);
    }

    private sealed class Spoiler : IActivationProxy
    {
        public string Id => "spoiler";

        public ScoreDirection Direction => ScoreDirection.HigherIsBetter;

        public LayerKinds CleanLayers => LayerKinds.Activation;

        public IActivationObserver CreateObserver(ProbeBatch batch) => new Observer();

        public double Score(nn.Module<Tensor, Tensor> network, ProbeBatch batch) => ActivationPasses.Score(this, network, batch);

        private sealed class Observer : IActivationObserver
        {
            public void Observe(ForwardPass pass, LayerInput input) => throw new InvalidOperationException("Spoiled.");

            public double Complete() => 0;

            public void Dispose()
            {
            }
        }
    }

    [Theory]
    [InlineData("Expected false to be true, but got false.  (Could this error message be improved?)")]
    [InlineData("Unknown scalar type.")]
    public async Task RunAsync_AFailureOfTorchSharpThatPasses_IsTriedAgain(string failure)
    {
        var failed = new HashSet<int>();
        var proxy = new FunctionProxy("now-and-then", (network, _) => failed.Add((int)network.parameters().Sum(parameter => parameter.numel()))
            ? throw new InvalidOperationException(failure)
            : 1);

        SearchResult result = await Searches.Tiny().AddProxy(proxy).WithWorkers(1).WithBudget(2).Build().RunAsync(TestContext.Current.CancellationToken);

        result.History.SelectMany(evaluated => evaluated.Scores).Should().OnlyContain(score => score == Score.Of(1));
        failed.Should().NotBeEmpty();
    }

    [Fact]
    public async Task RunAsync_ProxiesThatMayTakeGradients_AreCalledOneAtATime()
    {
        int inside = 0;
        var proxy = new FunctionProxy("crowd", (_, _) =>
        {
            int crowd = Interlocked.Increment(ref inside);
            Thread.Sleep(2);
            Interlocked.Decrement(ref inside);
            return crowd;
        });

        SearchResult result = await Searches.Tiny().AddProxy(proxy).WithWorkers(4).WithBudget(24).Build().RunAsync(TestContext.Current.CancellationToken);

        result.History.SelectMany(evaluated => evaluated.Scores).Should().HaveCount(24).And.OnlyContain(score => score == Score.Of(1));
    }
}

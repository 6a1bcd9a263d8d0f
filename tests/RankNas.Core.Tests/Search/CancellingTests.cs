using System.Diagnostics;
using RankNas.Core.Tests.Support;
using RankNas.Ranking;
using RankNas.Scores;
using RankNas.Scoring;
using RankNas.SearchSpaces;

namespace RankNas.Core.Tests.Search;

/// <summary>Cancelling is heard whatever the search is at, and told as it was.</summary>
public sealed class CancellingTests : IDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _over = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _over.Set();

    [Fact]
    public async Task WhileAConstraintAdmitsNothing_IsHeardAtOnce()
    {
        // Ten thousand draws of 20 ms would take over three minutes.
        NasExperiment experiment = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseStrategy(new FunctionStrategy(
            async (context, token) => await context.EvaluateAsync([context.Space.Sample(context.Random)], token)))
            .UseSpace(new WideSpace())
            .AddConstraint(_ =>
            {
                Thread.Sleep(20);
                return false;
            }, "nothing at all")
            .Build();

        SearchResult result = await RunCancelledAsync(experiment, TimeSpan.FromSeconds(0.5));

        result.IsCancelled.Should().BeTrue();
        result.Ranked.Should().BeEmpty();
    }

    [Fact]
    public async Task WhileTheStoreIsOpening_IsHeardThoughTheStoreIsDeaf_AndTheStoreIsClosedLater()
    {
        var store = new FaultyStore();
        INasBuilder builder = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithProxyTimeLimit(TimeSpan.FromSeconds(1));
        builder.UseScoreStore(_ =>
        {
            _over.Wait(TimeSpan.FromMinutes(5), CancellationToken.None);
            return new ValueTask<IScoreStore>(store);
        });

        SearchResult result = await RunCancelledAsync(((NasBuilder)builder).Build(), TimeSpan.FromSeconds(0.2));

        result.IsCancelled.Should().BeTrue();
        _over.Set();
        SpinWait.SpinUntil(() => store.IsDisposed, AtOnce).Should().BeTrue();
    }

    [Fact]
    public async Task WhileTheStoreSearches_IsHeardThoughTheStoreIsDeaf()
    {
        var store = new FaultyStore { OnFind = _ => Never() };
        SearchResult result = await RunCancelledAsync(
            Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseScoreStore(store).WithProxyTimeLimit(TimeSpan.FromSeconds(1)).Build(), TimeSpan.FromSeconds(0.2));
        result.IsCancelled.Should().BeTrue();
    }

    [Fact]
    public async Task WhileTheStoreIsLocked_IsHeard_AndWhatWasScoredIsInTheResult()
    {
        var store = new FaultyStore { OnAdd = token => Task.Delay(Timeout.Infinite, token) };
        SearchResult result = await RunCancelledAsync(
            Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseScoreStore(store).WithWorkers(1).Build(), TimeSpan.FromSeconds(1));
        result.IsCancelled.Should().BeTrue();
        result.Ranked.Should().NotBeEmpty();
        store.Count.Should().Be(0);
    }

    [Fact]
    public async Task WhileAnEvaluatorIsDeaf_IsHeard()
    {
        var evaluator = new FunctionEvaluator(async (_, _) =>
        {
            await Never();
            return new EvaluationOutcome([], 0);
        });
        SearchResult result = await RunCancelledAsync(
            Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseEvaluator(() => evaluator).WithProxyTimeLimit(TimeSpan.FromSeconds(1)).Build(),
            TimeSpan.FromSeconds(0.2));
        result.IsCancelled.Should().BeTrue();
    }

    [Fact]
    public async Task WhileAStrategyIsDeaf_IsHeard_AndEverythingScoredIsTheResult()
    {
        NasExperiment experiment = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithProxyTimeLimit(TimeSpan.FromSeconds(1))
            .UseStrategy(new FunctionStrategy(async (context, _) =>
            {
                await context.EvaluateAsync([context.Space.FromIndex(1), context.Space.FromIndex(2)], CancellationToken.None);
                _over.Wait(TimeSpan.FromMinutes(5), CancellationToken.None);
                return [];
            }))
            .Build();

        SearchResult result = await RunCancelledAsync(experiment, TimeSpan.FromSeconds(2));

        result.IsCancelled.Should().BeTrue();
        result.Ranked.Should().HaveCount(result.Evaluations);
    }

    [Fact]
    public async Task WhileAHandlerOfProgressBlocks_IsHeard()
    {
        NasExperiment experiment = Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithProxyTimeLimit(TimeSpan.FromSeconds(1))
            .UseProgress(new Handler(_ => _over.Wait(TimeSpan.FromMinutes(5), CancellationToken.None))).Build();
        SearchResult result = await RunCancelledAsync(experiment, TimeSpan.FromSeconds(0.5));
        result.IsCancelled.Should().BeTrue();
    }

    [Fact]
    public async Task BeforeScoring_AScorerReturnsNothing()
    {
        var space = new TinySpace();
        IReadOnlyList<ScoredArchitecture> scored = await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).BuildScorer()
            .ScoreAsync([space.FromIndex(0)], new CancellationToken(canceled: true));
        scored.Should().BeEmpty();
    }

    [Theory]
    [InlineData(5, SearchEnd.BudgetUsed)]
    [InlineData(1000, SearchEnd.Completed)]
    public async Task AfterTheLastScore_TheSearchWasNotCancelled(int budget, SearchEnd end)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        SearchResult result = await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).WithBudget(budget).WithWorkers(1)
            .UseProgress(new Handler(progress =>
            {
                if (progress.Evaluations == Math.Min(budget, 27))
                {
                    cancellation.Cancel();
                }
            }))
            .Build().RunAsync(cancellation.Token);
        result.End.Should().Be(end);
    }

    [Fact]
    public async Task WhileTheSearchCloses_ItWasNotCancelled()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        FunctionEvaluator constant = FunctionEvaluator.Constant();
        var evaluator = new FunctionEvaluator(constant.EvaluateAsync) { OnDispose = cancellation.Cancel };
        SearchResult result = await Searches.Tiny().AddProxy(FunctionProxy.Parameters()).UseEvaluator(() => evaluator)
            .UseStrategy(new FunctionStrategy(async (context, token) => await context.EvaluateAsync([context.Space.FromIndex(3)], token)))
            .Build().RunAsync(cancellation.Token);
        result.End.Should().Be(SearchEnd.Completed);
    }

    private static async Task<SearchResult> RunCancelledAsync(NasExperiment experiment, TimeSpan after)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancellation.CancelAfter(after);
        long start = Stopwatch.GetTimestamp();
        SearchResult result = await experiment.RunAsync(cancellation.Token);
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(AtOnce);
        return result;
    }

    private Task Never() => Task.Run(() => _over.Wait(TimeSpan.FromMinutes(5)));

    private sealed class Handler(Action<SearchProgress> report) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => report(value);
    }

    // So large that its draws never end in a list.
    private sealed class WideSpace() : GenomeSearchSpace("wide", [1000, 1000, 1000])
    {
        public override Architecture Parse(string text) => throw new NotSupportedException();

        protected override string Format(ReadOnlySpan<int> genes) => $"{genes[0]}-{genes[1]}-{genes[2]}";
    }
}

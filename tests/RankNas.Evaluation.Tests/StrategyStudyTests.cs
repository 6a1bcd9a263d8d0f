using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.Scores;
using RankNas.Strategies;

namespace RankNas.Evaluation.Tests;

public class StrategyStudyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_BudgetOfTheWholeSpace_EndsAtTheBestEveryTimeWithoutScoringAgain()
    {
        FunctionProxy proxy = FunctionProxy.Parameters();
        await using var store = new InMemoryScoreStore();
        NasBuilder Create() => NasBuilder.Create().UseSpace(new TinySpace())
            .UseImages(ProbeImages.Synthetic(shape: new NetworkShape { Height = 8, Width = 8 }, count: 8), batchSize: 8)
            .AddProxy(proxy).UseScoreStore(store);

        StrategyOutcome outcome = (await StrategyStudy.RunAsync(Create, new TinySpace(), [new RandomSearch()], budget: 27, runs: 5, Token)).Single();

        outcome.Should().Be(new StrategyOutcome("random", 5, 5, 1, 1, 27, 27) { Results = outcome.Results });
        outcome.Results.Select(run => (run.Seed, run.Best.Text, run.Place, run.Evaluations)).Should().Equal(
            Enumerable.Range(0, 5).Select(seed => (seed, outcome.Results[0].Best.Text, 1, 27)));
        proxy.Calls.Should().Be(27);
    }

    [Fact]
    public async Task RunAsync_BudgetOfOne_EndsAnywhere()
    {
        await using var store = new InMemoryScoreStore();
        NasBuilder Create() => NasBuilder.Create().UseSpace(new TinySpace())
            .UseImages(ProbeImages.Synthetic(shape: new NetworkShape { Height = 8, Width = 8 }, count: 8), batchSize: 8)
            .AddProxy(FunctionProxy.Parameters()).UseScoreStore(store);

        StrategyOutcome outcome = (await StrategyStudy.RunAsync(Create, new TinySpace(), [new RandomSearch()], budget: 1, runs: 40, Token)).Single();

        outcome.EndedAtBest.Should().BeLessThan(20);
        outcome.WorstPlace.Should().BeGreaterThan(10);
        outcome.MeanEvaluations.Should().Be(1);
    }
}

using RankNas.Core.Tests.Support;
using RankNas.Evaluation.Tests.Support;

namespace RankNas.Reproduction.Tests;

public class MethodRunsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_TrainingFree_IsTheMeanOverTheRunsOfWhatTheirResultsAreWorth()
    {
        var worth = new KnownAccuracies(architecture => 80 + architecture.Genes.Sum());
        NasExperiment Search(int seed) => TinyStudies.Builder().AddProxy(FunctionProxy.Parameters()).UseRandomSearch().WithBudget(5).WithStrategySeed(seed).Build();

        MethodOutcome outcome = await MethodRuns.RunAsync("rs", Search, worth, runs: 6, Token);

        double[] expected = new double[6];
        for (int seed = 0; seed < 6; seed++)
        {
            expected[seed] = 80 + (await Search(seed).RunAsync(Token)).Best.Architecture.Genes.Sum();
        }

        AccuracySummary summary = outcome.Accuracies["cifar10"];
        (outcome.Method, outcome.Runs, outcome.MeanEvaluations).Should().Be(("rs", 6, 5));
        summary.TestMean.Should().BeApproximately(expected.Average(), 1e-9);
        summary.ValidationMean.Should().BeApproximately(expected.Average() - 1, 1e-9);
        summary.TestDeviation.Should().BeApproximately(Math.Sqrt(expected.Sum(one => Math.Pow(one - expected.Average(), 2)) / 5), 1e-9);
    }

    [Fact]
    public async Task RunAsync_TrainingBased_SeesOneAccuracyAndIsJudgedByAnother()
    {
        var space = new TinySpace();
        MethodOutcome outcome = await MethodRuns.RunAsync(
            new RandomTraining(), space, architecture => new TrainingOutcome(-architecture.Genes.Sum(), 10), budget: 5_000,
            new KnownAccuracies(architecture => 80 + architecture.Genes.Sum()), runs: 3, cancellationToken: Token);

        // It looks for the smallest sum, of which there is one.
        outcome.Accuracies["cifar10"].Should().Be(new AccuracySummary(79, 0, 80, 0));
        (outcome.MeanEvaluations, outcome.MeanSeconds).Should().Be((500, 5_000));
    }

    [Fact]
    public async Task RunAsync_AResultThatTheBenchmarkDoesNotHave_SaysSo() => await FluentActions.Awaiting(() => MethodRuns.RunAsync(
            "rs", _ => TinyStudies.Builder().AddProxy(FunctionProxy.Parameters()).UseRandomSearch().WithBudget(27).Build(), new KnownAccuracies(_ => null), 1, Token))
        .Should().ThrowAsync<InvalidDataException>().WithMessage("The benchmark does not have 2-2-2, the result of 'rs'.");
}

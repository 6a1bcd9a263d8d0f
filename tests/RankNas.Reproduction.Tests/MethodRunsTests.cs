using RankNas.Core.Tests.Support;
using RankNas.Evaluation.Tests.Support;
using RankNas.SearchSpaces;

namespace RankNas.Reproduction.Tests;

public class MethodRunsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_TrainingFree_IsTheMeanOverTheRunsOfWhatTheirResultsAreWorth()
    {
        var worth = new KnownAccuracies(architecture => 80 + architecture.Genes.Sum());
        static NasExperiment Search(int seed) => TinyStudies.Builder().AddProxy(FunctionProxy.Parameters()).UseRandomSearch().WithBudget(5).WithStrategySeed(seed).Build();

        MethodOutcome outcome = await MethodRuns.RunAsync("rs", seeds => Search(seeds.Strategy), worth, runs: 6, cancellationToken: Token);

        double[] expected = new double[6];
        for (int seed = 0; seed < 6; seed++)
        {
            expected[seed] = 80 + (await Search(seed).RunAsync(Token)).Best.Architecture.Genes.Sum();
        }

        AccuracySummary summary = outcome.Accuracies["cifar10"];
        (outcome.Method, outcome.Runs, outcome.MeanEvaluations).Should().Be(("rs", 6, 5));
        double deviation = Math.Sqrt(expected.Sum(one => Math.Pow(one - expected.Average(), 2)) / 5);
        summary.Test!.Mean.Should().BeApproximately(expected.Average(), 1e-9);
        summary.Validation!.Mean.Should().BeApproximately(expected.Average() - 1, 1e-9);
        summary.Test.Deviation.Should().BeApproximately(deviation, 1e-9);
        summary.Test.DeviationBetweenSets.Should().BeNull();

        // 2.570582 is the 97.5th percentile of Student's t with five degrees of freedom.
        summary.Test.Low.Should().BeApproximately(expected.Average() - (2.570582 * deviation / Math.Sqrt(6)), 1e-5);
        summary.Test.High.Should().BeApproximately(expected.Average() + (2.570582 * deviation / Math.Sqrt(6)), 1e-5);
        outcome.Results.Select(run => (run.Seeds, run.Evaluations, run.Accuracies["cifar10"].Test)).Should().Equal(
            expected.Select((accuracy, seed) => (new RunSeeds(seed, 0), 5, (double?)accuracy)));
    }

    // Run r is of set r mod 3: 80, 81, 82, 83, 84, 85 are of the sets 0, 1, 2, 0, 1, 2, whose means are 81.5, 82.5 and 83.5.
    [Fact]
    public async Task RunAsync_SeveralInitialisations_TellsDeviationsWithinAndBetweenThem()
    {
        var space = new TinySpace();
        Architecture[] found = [.. Enumerable.Range(0, 6).Select(run => space.FromIndex(run))];
        var worth = new KnownAccuracies(architecture => 80 + space.IndexOf(architecture));
        var asked = new List<RunSeeds>();
        MethodOutcome outcome = await MethodRuns.RunAsync(
            "given",
            seeds =>
            {
                asked.Add(seeds);
                return TinyStudies.Builder().AddProxy(FunctionProxy.Parameters()).UseGivenArchitectures(found[seeds.Strategy]).WithBudget(1).Build();
            },
            worth,
            runs: 6,
            initialisations: 3,
            Token);

        asked.Should().Equal(Enumerable.Range(0, 6).Select(run => new RunSeeds(run, run % 3)));
        AccuracyMean test = outcome.Accuracies["cifar10"].Test!;
        test.Mean.Should().BeApproximately(82.5, 1e-12);
        test.Deviation.Should().BeApproximately(Math.Sqrt(3 * 4.5 / 3), 1e-12);
        test.DeviationBetweenSets.Should().BeApproximately(1, 1e-12);

        // 4.302653 is the 97.5th percentile of Student's t with two degrees of freedom.
        test.Low.Should().BeApproximately(82.5 - (4.302653 / Math.Sqrt(3)), 1e-5);
        test.High.Should().BeApproximately(82.5 + (4.302653 / Math.Sqrt(3)), 1e-5);
    }

    [Fact]
    public async Task RunAsync_ATrainingBasedSearchForEachInitialisation_TakesThemByTurns()
    {
        var space = new TinySpace();
        var calls = new List<string>();
        MethodOutcome outcome = await MethodRuns.RunAsync(
            [new Noted("first", calls), new Noted("second", calls)], space, _ => new TrainingOutcome(50, 10), budget: 10,
            new KnownAccuracies(_ => 80), runs: 4, cancellationToken: Token);

        calls.Should().Equal("first", "second", "first", "second");
        outcome.Accuracies["cifar10"].Test!.DeviationBetweenSets.Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_TrainingBased_SeesOneAccuracyAndIsJudgedByAnother()
    {
        var space = new TinySpace();
        MethodOutcome outcome = await MethodRuns.RunAsync(
            [new RandomTraining()], space, architecture => new TrainingOutcome(-architecture.Genes.Sum(), 10), budget: 5_000,
            new KnownAccuracies(architecture => 80 + architecture.Genes.Sum()), runs: 3, cancellationToken: Token);

        // It looks for the smallest sum, of which there is one.
        outcome.Accuracies["cifar10"].Should().Be(new AccuracySummary(new AccuracyMean(79, 79, 79, 0, null), new AccuracyMean(80, 80, 80, 0, null)));
        (outcome.MeanEvaluations, outcome.MeanSeconds).Should().Be((500, 5_000));
    }

    [Fact]
    public async Task RunAsync_AResultThatTheBenchmarkDoesNotHave_SaysSo() => await FluentActions.Awaiting(() => MethodRuns.RunAsync(
            "rs", _ => TinyStudies.Builder().AddProxy(FunctionProxy.Parameters()).UseRandomSearch().WithBudget(27).Build(), new KnownAccuracies(_ => null), 1, cancellationToken: Token))
        .Should().ThrowAsync<InvalidDataException>().WithMessage("The benchmark does not have 2-2-2, the result of 'rs'.");

    private sealed class Noted(string name, List<string> calls) : ITrainingBasedSearch
    {
        public string Id => "noted";

        public Task SearchAsync(SimulatedTraining training, CancellationToken cancellationToken = default)
        {
            calls.Add(name);
            training.Train(training.Space.FromIndex(0));
            return Task.CompletedTask;
        }
    }
}

using RankNas.Core.Tests.Support;
using RankNas.Reproduction.Tests.Support;
using RankNas.SearchSpaces;

namespace RankNas.Reproduction.Tests.TrainingBased;

public class TrainingBasedSearchTests
{
    private static readonly NatsSizeSpace Space = new();

    public static TheoryData<string> Ids { get; } = ["rs", "rea", "area", "reinforce", "bohb"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task SearchAsync_TrainsUntilTheTimeIsUsedUp(string id)
    {
        SimulatedTraining training = Training(seed: 1, trainings: 110);
        await Create(id).SearchAsync(training, Token);

        training.Trainings.Should().Be(110);
        training.Seconds.Should().Be(12_100);
        training.IsOver.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task SearchAsync_TheSameSeed_TrainsTheSame(string id)
    {
        async Task<List<string>> RunAsync()
        {
            var trained = new List<string>();
            SimulatedTraining training = Training(seed: 7, trainings: 40, trained.Add);
            await Create(id).SearchAsync(training, Token);
            return trained;
        }

        (await RunAsync()).Should().Equal(await RunAsync());
    }

    [Theory]
    [InlineData("rea")]
    [InlineData("area", Traits = ["Category", "Campaign"])]
    [InlineData("reinforce")]
    [InlineData("bohb")]
    public async Task SearchAsync_WhereGenesAddUp_EndsBetterThanAtRandom(string id)
    {
        async Task<double> MeanOfAsync(string search)
        {
            double sum = 0;
            for (int seed = 0; seed < 20; seed++)
            {
                SimulatedTraining training = Training(seed, trainings: 300);
                await Create(search).SearchAsync(training, Token);
                sum += training.BestAccuracy;
            }

            return sum / 20;
        }

        (await MeanOfAsync(id)).Should().BeGreaterThan(await MeanOfAsync("rs"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task SearchAsync_Cancelled_Ends(string id) =>
        await FluentActions.Awaiting(() => Create(id).SearchAsync(Training(1, 1000), new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();

    [Theory]
    [InlineData("reinforce")]
    [InlineData("bohb")]
    public async Task SearchAsync_SpaceWithoutGenes_SaysSo(string id)
    {
        var training = new SimulatedTraining(new GenelessSpace(), _ => new TrainingOutcome(50, 1), 10, new Random(1));
        await FluentActions.Awaiting(() => Create(id).SearchAsync(training, Token)).Should().ThrowAsync<ArgumentException>()
            .WithMessage($"The search '{id}' models genes, and geneless has none.*");
    }

    [Fact]
    public async Task SearchAsync_BohbWithShorterTrainings_HalvesSuccessively()
    {
        var trained = new List<(string Architecture, int Epochs)>();
        var training = new SimulatedTraining(Space, _ => throw new InvalidOperationException("It knows the epochs."), budget: 9 + 12 + 12 + 12 + 12 + 36, new Random(2))
        {
            TrainFor = (architecture, epochs) =>
            {
                trained.Add((architecture.Text, epochs));
                return new TrainingOutcome(architecture.Genes.Sum() + epochs, epochs);
            },
        };
        await new Bohb().SearchAsync(training, Token);

        trained.Select(one => one.Epochs).Should().Equal([.. Enumerable.Repeat(1, 9), 4, 4, 4, 12, 4, 4, 4, 12, 12, 12, 12]);
        int SumOf(string text) => Space.Parse(text).Genes.Sum();
        trained[9..12].Select(one => SumOf(one.Architecture)).Should().Equal(
            trained[..9].Select(one => SumOf(one.Architecture)).OrderDescending().Take(3), "the best three of nine go on");
        trained[12].Architecture.Should().Be(trained[9].Architecture);
        trained[16].Architecture.Should().Be(trained[13..16].MaxBy(one => SumOf(one.Architecture)).Architecture);
    }

    [Fact]
    public void Train_ForEpochs_WhereOnlyTheLastIsKnown_SaysSo() =>
        FluentActions.Invoking(() => Training(1, trainings: 1).Train(Space.FromIndex(0), 4)).Should().Throw<InvalidOperationException>()
            .WithMessage("Only the accuracies after all epochs are known: a search looks at HasShorterTrainings first.");

    [Fact]
    public void Train_AfterTheEnd_SaysSo()
    {
        SimulatedTraining training = Training(1, trainings: 1);
        training.Train(Space.FromIndex(0));
        FluentActions.Invoking(() => training.Train(Space.FromIndex(0))).Should().Throw<InvalidOperationException>()
            .WithMessage("The time for training is used up: a search looks at IsOver first.");
        training.Best.Should().Be(Space.FromIndex(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void SimulatedTraining_NoTime_SaysSo(double budget) =>
        FluentActions.Invoking(() => new SimulatedTraining(Space, _ => default, budget, new Random(1)))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The budget is in seconds, and greater than 0.*");

    // Wider is better, in every place: what a model of genes can learn.
    private static SimulatedTraining Training(int seed, int trainings, Action<string>? onTrained = null) => new(
        Space,
        architecture =>
        {
            onTrained?.Invoke(architecture.Text);
            return new TrainingOutcome(architecture.Genes.Sum(), 110);
        },
        trainings * 110 - 1,
        new Random(seed));

    private static ITrainingBasedSearch Create(string id) => id switch
    {
        "rs" => new RandomTraining(),
        "rea" => new RegularizedEvolution(),
        "area" => new AssistedEvolution(NasBuilder.Create().UseSpace(Space).WithBatchSize(2).AddProxy(FunctionProxy.Parameters()).BuildScorer()),
        "reinforce" => new Reinforce(),
        _ => new Bohb(),
    };
}

using RankNas.Training.Optimizers;

namespace RankNas.Training.Tests.Optimizers;

public class LearningRatesTests
{
    private static readonly TrainingOptions Cosine = new() { Epochs = 12, LearningRate = 0.4, WarmupEpochs = 2, FinalLearningRate = 0.1 };

    [Theory]
    [InlineData(0, 0.05)] // The first of eight steps of the warm-up.
    [InlineData(1, 0.25)]
    [InlineData(2, 0.4)]
    [InlineData(7, 0.22)] // Half of the cosine: the mean of 0.4 and 0.04.
    [InlineData(12, 0.04)]
    public void At_CosineWithWarmup_RisesAndFalls(double position, double expected) =>
        LearningRates.At(Cosine, position, 0.25, 12).Should().BeApproximately(expected, 1e-12);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(2.99, 0.1)]
    [InlineData(3, 0.02)]
    [InlineData(6, 0.004)]
    public void At_Steps_FallsAtTheEpochsNamed(double position, double expected)
    {
        var options = new TrainingOptions { Epochs = 9, Schedule = ScheduleKind.Step, StepEpochs = [3, 6], StepFactor = 0.2 };
        LearningRates.At(options, position, 0.1, 9).Should().BeApproximately(expected, 1e-12);
    }

    [Fact]
    public void At_FewerEpochsThanPlanned_EndsAsPlanned()
    {
        LearningRates.At(Cosine, 6, 0.25, 6).Should().BeApproximately(0.04, 1e-12);
        LearningRates.At(Cosine, 1, 0.25, 6).Should().BeApproximately(0.4, 1e-12);
    }

    [Fact]
    public void At_Constant_Stays() =>
        LearningRates.At(new TrainingOptions { Optimizer = OptimizerKind.AdamW, Schedule = ScheduleKind.Constant }, 50, 0.1, 100).Should().Be(1e-3);
}

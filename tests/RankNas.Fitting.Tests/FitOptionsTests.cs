using RankNas.Training;

namespace RankNas.Fitting.Tests;

public class FitOptionsTests
{
    public static TheoryData<string, Func<FitOptions>> Wrong => new()
    {
        { "MaxParameters is 0: it must be at least 1.*", () => new FitOptions { MaxParameters = 0 } },
        { "MaxMacs is -1: it must be at least 1.*", () => new FitOptions { MaxMacs = -1 } },
        { "Budget is 0: it must be from 1 to 1,000,000,000.*", () => new FitOptions { Budget = 0 } },
        { "Candidates is 101: it must be from 1 to 100.*", () => new FitOptions { Candidates = 101 } },
        { "Epochs is 0: it must be from 1 to 1,000,000.*", () => new FitOptions { Epochs = 0 } },
        { "ValidationShare is 0: it must be between 0 and 1.*", () => new FitOptions { ValidationShare = 0 } },
        { "TestShare is 1: it must be at least 0 and less than 1.*", () => new FitOptions { TestShare = 1 } },
        { "TestShare is NaN: it must be at least 0 and less than 1.*", () => new FitOptions { TestShare = double.NaN } },
        { "TimeLimit is 00:00:00: it must be greater than 0.*", () => new FitOptions { TimeLimit = TimeSpan.Zero } },
        { "ProbeBatch is 1: it must be from 2 to 1,000,000.*", () => new FitOptions { ProbeBatch = 1 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Options_OutOfRange_SayTheRange(string message, Func<FitOptions> create) =>
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);

    [Theory]
    [InlineData(320, 200)]
    [InlineData(50, 300)]
    [InlineData(50_000, 30)]
    public void TrainingOf_NoEpochsGiven_AreChosenByTheNumberOfPictures(int pictures, int epochs) =>
        new FitOptions().TrainingOf(pictures).Epochs.Should().Be(epochs);

    [Fact]
    public void TrainingOf_OptionsOfTheUser_KeepThemButForWhatTheRunSets()
    {
        TrainingOptions training = new FitOptions { Seed = 7, Training = new TrainingOptions { Optimizer = OptimizerKind.AdamW, WarmupEpochs = 20, Epochs = 5 } }.TrainingOf(100, epochs: 10);

        training.Optimizer.Should().Be(OptimizerKind.AdamW);
        training.Epochs.Should().Be(10);
        training.WarmupEpochs.Should().Be(5);
        training.Seed.Should().Be(7);
    }
}

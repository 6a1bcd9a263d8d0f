using RankNas.Graphs;
using RankNas.Images;
using RankNas.Torch;
using RankNas.Training.Tests.Support;
using static TorchSharp.torch;

namespace RankNas.Training.Tests;

public class TrainingOptionsTests
{
    private static readonly LabelledImages Images = ColouredShapes.Draw(8, 1);

    public static TheoryData<TrainingOptions, string> Wrong => new()
    {
        { new() { Epochs = 0 }, "Epochs is 0: it must be at least 1." },
        { new() { BatchSize = 1 }, "BatchSize is 1: it must be at least 2, as BatchNorm needs two images." },
        { new() { LearningRate = double.NaN }, "LearningRate is NaN: it must be greater than 0." },
        { new() { Momentum = 1 }, "Momentum is 1: it must be from 0 to below 1." },
        { new() { Momentum = 0 }, "Nesterov needs a momentum above 0: set Momentum, or Nesterov to false." },
        { new() { Beta2 = -0.5 }, "Beta2 is -0.5: it must be from 0 to below 1." },
        { new() { WeightDecay = -1 }, "WeightDecay is -1: it must be at least 0." },
        { new() { Epochs = 5, WarmupEpochs = 5 }, "WarmupEpochs is 5: with 5 epochs it must be at least 0 and less than 5." },
        { new() { Schedule = ScheduleKind.Step }, "The step schedule has no StepEpochs: name one or more, or choose another schedule." },
        { new() { StepEpochs = [5, 3] }, "StepEpochs is not ascending: sort it, and name each epoch once." },
        { new() { LabelSmoothing = 1 }, "LabelSmoothing is 1: it must be from 0 to below 1." },
        { new() { Patience = 3 }, "Patience needs validation images: give some, or set it to null." },
        { new() { ClassWeights = [1, 1, 1, 1] }, "ClassWeights are used only with ClassWeighting.Given: set it, or leave them out." },
        { new() { ClassWeighting = ClassWeighting.Given, ClassWeights = [1, 1] }, "There are 2 ClassWeights: give one for each of the 4 classes." },
        { new() { AverageDecay = 1 }, "AverageDecay is 1: it must be between 0 and 1, or null." },
        { new() { MaxDuration = TimeSpan.Zero }, "MaxDuration is 00:00:00: it must be greater than 0, or null." },
        { new() { Augmentation = new() { CropPadding = 16 } }, "CropPadding is 16: for images of 3x16x16 it must be from 0 to 15." },
        { new() { Augmentation = new() { MixupProbability = 0.7, CutMixProbability = 0.5 } }, "MixupProbability and CutMixProbability are 0.7 and 0.5: together they must be at most 1, as each image is mixed once." },
        { new() { Augmentation = new() { RandAugmentMagnitude = 31 } }, "RandAugmentMagnitude is 31: it must be from 0 to 30." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void ATrainer_OfAWrongOption_SaysWhatToWrite(TrainingOptions options, string message)
    {
        using GraphModule network = ColouredShapes.Network();
        ((Action)(() => _ = new NetworkTrainer(network, Images, null, options))).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void ATrainer_OfADeviceThatIsNotThere_SaysSo()
    {
        using GraphModule network = ColouredShapes.Network();
        ((Action)(() => _ = new NetworkTrainer(network, Images, null, new TrainingOptions { Device = "cuda:9" }))).Should().Throw<ArgumentException>()
            .WithMessage("The device cuda:9 is not there*");
    }

    [Fact]
    public void ATrainer_OfImagesThatDiffer_SaysHow()
    {
        using GraphModule network = ColouredShapes.Network();
        LabelledImages other = Images.WithNormalization(new ImageNormalization([0, 0, 0], [1, 1, 1]));
        ((Action)(() => _ = new NetworkTrainer(network, Images, other))).Should().Throw<ArgumentException>()
            .WithMessage("The validation images are normalised otherwise than the training images: use validation.WithNormalization(training.Normalization).");
        var small = LabelledImages.FromPixels(new byte[96], [0, 1], new NetworkShape { Height = 4, Width = 4, Classes = 2 });
        ((Action)(() => _ = new NetworkTrainer(network, Images, small))).Should().Throw<ArgumentException>()
            .WithMessage("The training images are 3x16x16 in 4 classes, and the validation images 3x4x4 in 2: they must be alike.");
    }

    [Fact]
    public void ATrainer_OfADoublePrecisionNetwork_SaysWhatToDo()
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(768, 4, dtype: ScalarType.Float64));
        ((Action)(() => _ = new NetworkTrainer(network, Images))).Should().Throw<ArgumentException>()
            .WithMessage("The network's '1.weight' is in Float64: train in float32, by network.to(ScalarType.Float32).*");
    }
}

using RankNas.Device.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.SearchSpaces;
using RankNas.Torch;
using RankNas.Training;
using RankNas.Training.Tests.Support;
using TorchSharp;

namespace RankNas.Device.Tests;

/// <summary>Training and latencies on a device.</summary>
[Collection("One search at a time")]
[Trait("Category", "Campaign")]
public class TrainingTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 12,
        BatchSize = 32,
        WarmupEpochs = 1,
        AverageDecay = 0.95,
        Augmentation = new() { CropPadding = 2, Brightness = 0.2, MixupProbability = 0.2, ErasingProbability = 0.1 },
        Device = DeviceUnderTest.Device,
    };

    [Theory]
    [InlineData(OptimizerKind.Sgd, false)]
    [InlineData(OptimizerKind.AdamW, false)]
    [InlineData(OptimizerKind.Sgd, true)]
    public async Task TrainAsync_ColouredShapes_AreLearnt_AndTheCpuSeesTheSameNetwork(OptimizerKind optimizer, bool mixesPrecision)
    {
        TrainingOptions options = Options with { Optimizer = optimizer, LearningRate = optimizer == OptimizerKind.Sgd ? 0.1 : 0.01, MixedPrecision = mixesPrecision };
        LabelledImages judging = ColouredShapes.Draw(200, 12);
        using GraphModule network = ColouredShapes.Network(channels: 12);

        TrainingResult result = await new NetworkTrainer(network, ColouredShapes.Draw(480, 11), judging, options).TrainAsync(cancellationToken: TestContext.Current.CancellationToken);

        result.End.Should().Be(TrainingEnd.Completed);
        result.Validation!.Accuracy.Should().BeGreaterThan(0.9);
        network.to(torch.CPU);
        NetworkEvaluator.Evaluate(network, judging).Accuracy.Should().BeApproximately(result.Validation.Accuracy, mixesPrecision ? 0.03 : 0.005);
    }

    [Fact]
    public async Task TrainAsync_CancelledOverAndOver_GoesOnFromItsCheckpoint()
    {
        using var folder = new TempFolder();
        TrainingOptions options = Options with { Epochs = 6, LearningRate = 0.05, CheckpointFile = folder.File("resumed.safetensors") };
        LabelledImages images = ColouredShapes.Draw(480, 11), judging = ColouredShapes.Draw(200, 12);
        int parts = 0;
        TrainingResult result;
        do
        {
            using GraphModule network = ColouredShapes.Network(channels: 12);
            using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            int begun = 0;
            var progress = new SynchronousProgress<TrainingEvent>(_ =>
            {
                if (++begun == 20)
                {
                    source.Cancel();
                }
            });
            result = await new NetworkTrainer(network, images, judging, options).TrainAsync(progress, source.Token);
            parts++;
        }
        while (result.End == TrainingEnd.Cancelled && parts < 100);

        parts.Should().BeGreaterThan(2);
        result.End.Should().Be(TrainingEnd.Completed);
        result.History.Epochs.Should().HaveCount(6);
        result.Validation!.Accuracy.Should().BeGreaterThan(0.6);
    }

    [Fact]
    public void Measure_Network_TakesAPlausibleTime()
    {
        var space = new NatsSizeSpace();
        using GraphModule network = space.Describe(space.Parse("32:32:32:32:32"), new NetworkShape()).ToModule();

        TimeSpan one = new LatencyMeter { Device = DeviceUnderTest.Device, WarmUps = 5 }.Measure(network, new NetworkShape());
        TimeSpan many = new LatencyMeter { Device = DeviceUnderTest.Device, WarmUps = 5, BatchSize = 128 }.Measure(network, new NetworkShape());

        // A GPU may take no longer for many images than for one, but it takes time.
        new[] { one, many }.Should().OnlyContain(time => time > TimeSpan.FromMicroseconds(20) && time < TimeSpan.FromMinutes(1));
        TestContext.Current.TestOutputHelper!.WriteLine($"{DeviceUnderTest.Device}: {one.TotalMilliseconds:F2} ms for one image, {many.TotalMilliseconds:F2} ms for 128");
    }
}

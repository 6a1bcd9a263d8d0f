using RankNas.Graphs;
using RankNas.Images;
using RankNas.Torch;
using RankNas.Training.Tests.Support;
using RankNas.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Tests;

/// <summary>Trainings run one after another: libtorch's backward convolutions are not safe for several threads.</summary>
[Collection(nameof(NetworkTrainer))]
public class NetworkTrainerTests
{
    private static readonly LabelledImages Images = ColouredShapes.Draw(48, 1);
    private static readonly LabelledImages Judging = ColouredShapes.Draw(24, 2);

    // All that has a state, in small.
    private static readonly TrainingOptions Everything = new()
    {
        Epochs = 4,
        BatchSize = 16,
        WarmupEpochs = 1,
        LabelSmoothing = 0.1,
        AverageDecay = 0.9,
        MaxGradientNorm = 5,
        DecayNormalizationAndBias = false,
        Augmentation = new() { RandAugmentOperations = 1, Brightness = 0.3, MixupProbability = 0.4, CutMixProbability = 0.4, ErasingProbability = 0.3 },
    };

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.AdamW)]
    public async Task TrainAsync_ColouredShapes_AreLearntInSeconds(OptimizerKind optimizer)
    {
        var options = new TrainingOptions
        {
            Epochs = 12,
            BatchSize = 32,
            Optimizer = optimizer,
            LearningRate = optimizer == OptimizerKind.Sgd ? 0.1 : 0.01,
            WarmupEpochs = 1,
            AverageDecay = 0.95,
            Augmentation = new() { CropPadding = 2, Brightness = 0.2 },
        };
        using GraphModule network = ColouredShapes.Network(channels: 12);
        LabelledImages judging = ColouredShapes.Draw(200, 12);
        TrainingResult result = await new NetworkTrainer(network, ColouredShapes.Draw(480, 11), judging, options).TrainAsync(cancellationToken: TestContext.Current.CancellationToken);

        result.End.Should().Be(TrainingEnd.Completed);
        result.Validation!.Accuracy.Should().BeGreaterThan(0.95);
        result.History.Epochs.Should().HaveCount(12);
        result.History.Best!.ValidationAccuracy.Should().Be(result.Validation.Accuracy);
        result.WeightsOf.Should().Be(result.History.Best.Epoch);

        // The network is what the result describes.
        NetworkEvaluator.Evaluate(network, judging).Accuracy.Should().Be(result.Validation.Accuracy);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, false)]
    [InlineData(OptimizerKind.AdamW, false)]
    [InlineData(OptimizerKind.AdamW, true)]
    public async Task TrainAsync_CancelledOverAndOver_EndsInTheSameBitsAsUninterrupted(OptimizerKind optimizer, bool mixesPrecision)
    {
        using var folder = new TempFolder();
        TrainingOptions options = Everything with
        {
            Optimizer = optimizer,
            LearningRate = 0.02,
            MixesPrecisionOnCpu = mixesPrecision,
            CheckpointFile = folder.File("resumed.safetensors"),
        };
        int resumed = 0;
        GraphModule network = ColouredShapes.Network();
        TrainingResult result;
        do
        {
            // Every part is of a process of its own, as it were: the network starts anew.
            network.Dispose();
            network = ColouredShapes.Network();
            using var stop = new CancellationTokenSource();
            int batches = 0;
            result = await TrainAsync(network, options, happened =>
            {
                resumed += happened is TrainingResumed ? 1 : 0;
                if (happened is BatchCompleted && ++batches == 2)
                {
                    stop.Cancel();
                }
            }, stop.Token);
        }
        while (result.End == TrainingEnd.Cancelled);

        resumed.Should().BeGreaterThan(1);
        using GraphModule whole = ColouredShapes.Network();
        TrainingResult uninterrupted = await TrainAsync(whole, options with { CheckpointFile = null });
        Bits.Of(network).Should().Be(Bits.Of(whole));
        network.Dispose();
        WithoutTimes(result.History).Should().Equal(WithoutTimes(uninterrupted.History));
        result.Validation!.Loss.Should().Be(uninterrupted.Validation!.Loss);
    }

    [Fact]
    public async Task TrainAsync_OtherSeed_EndsElsewhere()
    {
        using GraphModule first = ColouredShapes.Network(), second = ColouredShapes.Network();
        await TrainAsync(first, Everything with { Epochs = 2 });
        await TrainAsync(second, Everything with { Epochs = 2, Seed = 1 });
        Bits.Of(first).Should().NotBe(Bits.Of(second));
    }

    [Fact]
    public async Task TrainAsync_Cancelled_HasTheBestSoFar_AndACheckpoint()
    {
        using var folder = new TempFolder();
        using GraphModule network = ColouredShapes.Network();
        using var stop = new CancellationTokenSource();
        TrainingOptions options = Everything with { Epochs = 1000, WarmupEpochs = 0, CheckpointFile = folder.File("c.safetensors") };
        TrainingResult result = await TrainAsync(network, options, happened =>
        {
            if (happened is EpochCompleted { Record.Epoch: 2 })
            {
                stop.Cancel();
            }
        }, stop.Token);

        result.End.Should().Be(TrainingEnd.Cancelled);
        result.History.Epochs.Length.Should().BeInRange(3, 20);
        result.WeightsOf.Should().Be(result.History.Best!.Epoch);
        NetworkEvaluator.Evaluate(network, Judging, 128).Accuracy.Should().Be(result.History.Best.ValidationAccuracy);
        File.Exists(options.CheckpointFile).Should().BeTrue();
    }

    [Fact]
    public async Task RunAsync_LeftEarly_StopsTheTraining()
    {
        using GraphModule network = ColouredShapes.Network();
        var trainer = new NetworkTrainer(network, Images, Judging, Everything with { Epochs = 100000 });
        await foreach (TrainingEvent happened in trainer.RunAsync(TestContext.Current.CancellationToken))
        {
            if (happened is BatchCompleted)
            {
                break;
            }
        }

        string bits = Bits.Of(network);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Bits.Of(network).Should().Be(bits);
    }

    [Fact]
    public async Task RunAsync_TwoEpochs_TellsWhatHappensInOrder()
    {
        using GraphModule network = ColouredShapes.Network();
        using var folder = new TempFolder();
        List<string> happened = [];
        await TrainAsync(network, Everything with { Epochs = 2, WarmupEpochs = 0, BatchSize = 32, CheckpointFile = folder.File("c") }, one => happened.Add(one.GetType().Name));
        string[] epoch = ["EpochStarted", "BatchCompleted", "BatchCompleted", "EpochCompleted", "CheckpointSaved"];
        happened.Should().Equal([.. epoch, .. epoch, "TrainingFinished"]);
    }

    [Fact]
    public async Task TrainAsync_NothingToLearn_StopsEarly()
    {
        // At a rate of almost 0 no epoch is better by accuracy, nor by loss once BatchNorm's statistics have settled.
        using nn.Module<Tensor, Tensor> network = nn.Sequential(nn.Flatten(), nn.Linear(768, 4));
        TrainingOptions options = new() { Epochs = 50, BatchSize = 16, LearningRate = 1e-30, WeightDecay = 0, Patience = 3, Augmentation = AugmentationOptions.None };
        TrainingResult result = await TrainAsync(network, options);
        result.End.Should().Be(TrainingEnd.EarlyStopped);
        result.History.Epochs.Should().HaveCount(4);
        result.WeightsOf.Should().Be(0);
    }

    [Fact]
    public async Task TrainAsync_RateFarTooHigh_SaysSo_AndKeepsTheLastGoodCheckpoint()
    {
        using var folder = new TempFolder();
        using GraphModule network = ColouredShapes.Network();
        TrainingOptions options = Everything with
        {
            Epochs = 3,
            LearningRate = 1e30,
            WarmupEpochs = 0,
            MaxGradientNorm = null,
            CheckpointFile = folder.File("c"),
            CheckpointInterval = TimeSpan.FromTicks(1),
        };
        (await ((Func<Task>)(() => TrainAsync(network, options))).Should().ThrowAsync<TrainingDivergedException>())
            .WithMessage("In epoch 1, batch 2, at the learning rate 9.698E+29, the loss is NaN: lower the learning rate, warm up for longer, or set MaxGradientNorm.")
            .Which.Epoch.Should().Be(0);

        // That of the first step, whose weights are huge and finite.
        using TensorFile saved = TensorFile.Load(options.CheckpointFile!);
        saved.Tensors.Should().Contain(pair => pair.Key.StartsWith("network/", StringComparison.Ordinal));
        foreach ((string name, Tensor tensor) in saved.Tensors)
        {
            tensor.isfinite().all().item<bool>().Should().BeTrue(name);
        }
    }

    [Fact]
    public async Task TrainAsync_TimeLimit_FitsTheEpochs()
    {
        using var folder = new TempFolder();
        using GraphModule network = ColouredShapes.Network();
        int fitted = 0;
        TrainingOptions options = Everything with { Epochs = 100000, MaxDuration = TimeSpan.FromSeconds(2), CheckpointFile = folder.File("c") };
        TrainingResult result = await TrainAsync(network, options, happened => fitted = (happened as EpochsFitted)?.Epochs ?? fitted);
        result.End.Should().BeOneOf(TrainingEnd.Completed, TrainingEnd.TimeLimit);
        result.Epochs.Should().Be(fitted).And.BeInRange(1, 2000);
        result.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));

        // What is resumed has the fitted number, and no time left.
        using GraphModule again = ColouredShapes.Network();
        TrainingResult resumed = await TrainAsync(again, options);
        resumed.Epochs.Should().Be(fitted);
        resumed.History.Epochs.Length.Should().BeInRange(result.History.Epochs.Length, result.History.Epochs.Length + 1);
    }

    [Fact]
    public async Task TrainAsync_LastBatchOfOneImage_OnMapsOfOnePixel_Works()
    {
        GraphValue map = Graph.Images(ColouredShapes.Shape).Conv(4, 3).GlobalAveragePool(keepDimensions: true).Conv(8, 1).BatchNorm().Relu();
        using GraphModule network = map.GlobalAveragePool().Linear(4).Build().ToModule();
        TrainingResult result = await TrainAsync(network, new TrainingOptions { Epochs = 1, BatchSize = 8 }, images: ColouredShapes.Draw(17, 3));
        result.End.Should().Be(TrainingEnd.Completed);
    }

    [Fact]
    public async Task TrainAsync_WithoutValidation_EndsWithTheLastWeights()
    {
        using GraphModule network = ColouredShapes.Network();
        TrainingResult result = await new NetworkTrainer(network, Images, options: Everything with { Epochs = 2 }).TrainAsync(cancellationToken: TestContext.Current.CancellationToken);
        result.WeightsOf.Should().Be(1);
        result.Validation.Should().BeNull();
        result.History.Best.Should().BeNull();
    }

    [Fact]
    public async Task TrainAsync_MixedPrecision_LeavesTheNetworkInFloat32_NearTheSameWeights()
    {
        using GraphModule mixed = ColouredShapes.Network(), single = ColouredShapes.Network();
        TrainingOptions options = new() { Epochs = 2, BatchSize = 16, LearningRate = 0.01 };
        TrainingResult found = await TrainAsync(mixed, options with { MixesPrecisionOnCpu = true }), expected = await TrainAsync(single, options);
        mixed.Weights().Values.Where(weight => weight.is_floating_point()).Should().OnlyContain(weight => weight.dtype == ScalarType.Float32);
        found.History.Epochs[1].Loss.Should().BeApproximately(expected.History.Epochs[1].Loss, 0.05);
        Bits.Of(mixed).Should().NotBe(Bits.Of(single));
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, Tensor weight) in mixed.Weights().Where(pair => pair.Value.is_floating_point()))
        {
            (weight - single.Weights()[name]).abs().max().item<float>().Should().BeLessThan(0.05f, name);
        }
    }

    [Fact]
    public async Task TrainAsync_FrozenParameters_Stay()
    {
        using GraphModule network = ColouredShapes.Network();
        (string name, var frozen) = network.named_parameters().First();
        frozen.requires_grad = false;
        byte[] before = [.. frozen.bytes];
        await TrainAsync(network, Everything with { Epochs = 2 });
        network.Weights()[name].bytes.ToArray().Should().Equal(before);
    }

    private static async Task<TrainingResult> TrainAsync(
        nn.Module<Tensor, Tensor> network, TrainingOptions options, Action<TrainingEvent>? report = null, CancellationToken? token = null, LabelledImages? images = null)
    {
        TrainingResult? result = null;
        await foreach (TrainingEvent happened in new NetworkTrainer(network, images ?? Images, Judging, options).RunAsync(token ?? TestContext.Current.CancellationToken))
        {
            report?.Invoke(happened);
            result = (happened as TrainingFinished)?.Result;
        }

        return result!;
    }

    private static IEnumerable<EpochRecord> WithoutTimes(TrainingHistory history) => history.Epochs.Select(epoch => epoch with { Seconds = 0 });
}

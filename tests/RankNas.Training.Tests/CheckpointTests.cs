using RankNas.Images;
using RankNas.Torch;
using RankNas.Training.Tests.Support;

namespace RankNas.Training.Tests;

[Collection(nameof(NetworkTrainer))]
public class CheckpointTests
{
    private static readonly LabelledImages Images = ColouredShapes.Draw(16, 1);

    [Fact]
    public async Task TrainAsync_CheckpointOfOtherOptions_SaysWhichDiffer_AndLeavesTheNetwork()
    {
        using var folder = new TempFolder();
        TrainingOptions options = new() { Epochs = 1, BatchSize = 8, CheckpointFile = folder.File("c.safetensors") };
        await TrainAsync(options);
        (await ((Func<Task>)(() => TrainAsync(options with { Epochs = 2, LearningRate = 0.05 }))).Should().ThrowAsync<InvalidDataException>())
            .WithMessage("'*c.safetensors' is the checkpoint of another run: Epochs is 1 in it and 2 here, LearningRate is 0.1 in it and 0.05 here. Name another file, delete this one, or set the options as they were.");
        (await ((Func<Task>)(() => TrainAsync(options, ColouredShapes.Draw(16, 2)))).Should().ThrowAsync<InvalidDataException>()).WithMessage("*training images is * in it and * here*");
    }

    [Fact]
    public async Task TrainAsync_CheckpointOfADoneRun_IsDoneAtOnce()
    {
        using var folder = new TempFolder();
        TrainingOptions options = new() { Epochs = 2, BatchSize = 8, CheckpointFile = folder.File("c.safetensors") };
        (string bits, TrainingResult first) = await TrainAsync(options);
        byte[] file = await File.ReadAllBytesAsync(options.CheckpointFile!, TestContext.Current.CancellationToken);
        (string again, TrainingResult second) = await TrainAsync(options);
        again.Should().Be(bits);
        second.History.Should().Be(first.History);
        (await File.ReadAllBytesAsync(options.CheckpointFile!, TestContext.Current.CancellationToken)).Should().Equal(file);
    }

    [Theory]
    [InlineData(-1)] // Cut off.
    [InlineData(0)] // In the length of the header.
    [InlineData(0.5)] // In the weights.
    [InlineData(0.999)]
    public async Task TrainAsync_DamagedCheckpoint_IsNamed(double place)
    {
        using var folder = new TempFolder();
        TrainingOptions options = new() { Epochs = 1, BatchSize = 8, CheckpointFile = folder.File("c.safetensors") };
        await TrainAsync(options);
        byte[] file = await File.ReadAllBytesAsync(options.CheckpointFile!, TestContext.Current.CancellationToken);
        if (place >= 0)
        {
            file[(int)(place * file.Length)] ^= 0x10;
        }

        await File.WriteAllBytesAsync(options.CheckpointFile!, place < 0 ? file[..^100] : file, TestContext.Current.CancellationToken);
        (await ((Func<Task>)(() => TrainAsync(options))).Should().ThrowAsync<InvalidDataException>()).WithMessage("*c.safetensors*");
    }

    [Fact]
    public async Task TrainAsync_AnyOtherSafetensorsFile_IsNoCheckpoint()
    {
        using var folder = new TempFolder();
        using GraphModule network = ColouredShapes.Network();
        network.SaveWeights(folder.File("c.safetensors"));
        (await ((Func<Task>)(() => TrainAsync(new() { Epochs = 1, BatchSize = 8, CheckpointFile = folder.File("c.safetensors") }))).Should().ThrowAsync<InvalidDataException>())
            .WithMessage("The checkpoint '*c.safetensors' cannot be resumed, as it is no checkpoint of a training: delete it to begin anew.");
    }

    [Fact]
    public async Task TrainAsync_WithAnInterval_SavesWithinEpochs()
    {
        using var folder = new TempFolder();
        using GraphModule network = ColouredShapes.Network();
        TrainingOptions options = new() { Epochs = 1, BatchSize = 4, CheckpointFile = folder.File("c"), CheckpointInterval = TimeSpan.FromTicks(1) };
        List<int> batches = [];
        await foreach (TrainingEvent happened in new NetworkTrainer(network, Images, null, options).RunAsync(TestContext.Current.CancellationToken))
        {
            if (happened is CheckpointSaved saved)
            {
                batches.Add(saved.Batch);
            }
        }

        batches.Should().Equal(1, 2, 3, 0);
    }

    [Fact]
    public void FromJson_AHistory_IsTheSame()
    {
        var history = new TrainingHistory([
            new EpochRecord(0, 0.1, 1 / 3d, 0.25, 1.5, 0.5, 0.75, 0.4, true, 12.5),
            new EpochRecord(1, 0.05, 0.125, 0.5, null, null, null, null, false, 12.25),
        ]);
        TrainingHistory.FromJson(history.ToJson()).Should().Be(history);
        history.ToJson().Should().StartWith("{\"epochs\":[{\"epoch\":0,\"learningRate\":0.1,");
        ((Action)(() => TrainingHistory.FromJson("{}"))).Should().Throw<InvalidDataException>().WithMessage("This is not a training's history: *");
    }

    private static async Task<(string Bits, TrainingResult Result)> TrainAsync(TrainingOptions options, LabelledImages? images = null)
    {
        using GraphModule network = ColouredShapes.Network();
        TrainingResult result = await new NetworkTrainer(network, images ?? Images, options: options).TrainAsync(cancellationToken: TestContext.Current.CancellationToken);
        return (Bits.Of(network), result);
    }
}

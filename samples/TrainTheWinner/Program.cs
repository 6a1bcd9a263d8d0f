using RankNas;
using RankNas.Images;
using RankNas.SearchSpaces;
using RankNas.Torch;
using RankNas.Training;
using TrainTheWinner;
using static TorchSharp.torch;

return await CommandOptions.CreateCommand(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(CommandOptions options, CancellationToken cancellationToken)
{
    try
    {
        Directory.CreateDirectory(options.Folder);
        TorchRuntime.EnsureLoaded();
        Architecture winner = options.Arch is { } text
            ? options.Space.Parse(text)
            : await Winner.FindAsync(options, cancellationToken);
        return await TrainAsync(winner, options, cancellationToken);
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or ArchitectureFormatException or TrainingDivergedException)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
}

static async Task<int> TrainAsync(Architecture architecture, CommandOptions options, CancellationToken cancellationToken)
{
    (LabelledImages training, LabelledImages judging) = Cifar.Read(options);

    // The weights that the search scored: the same as result.BuildNetwork(result.Best).
    using nn.Module<Tensor, Tensor> network = options.Space.BuildNetwork(architecture, training.Shape);
    WeightInitializer.Default.Initialize(network, new WeightSeed(options.Seed, architecture.Text));
    Console.WriteLine($"{architecture.Text}: {training.Count} images to train on, {judging.Count} to judge by.");
    var trainer = new NetworkTrainer(network, training, judging, options.Training);
    TrainingResult result = await EpochProgress.ShowAsync(trainer.RunAsync(cancellationToken), options.Epochs);
    if (result.End == TrainingEnd.Cancelled)
    {
        await Console.Error.WriteLineAsync($"Stopped after {result.History.Epochs.Length} epochs: the same command goes on from '{options.Training.CheckpointFile}'.");
        return 130;
    }

    network.SaveWeights(options.WeightsFile, new Dictionary<string, string> { ["space"] = options.Space.Id, ["architecture"] = architecture.Text });
    network.ExportOnnx(options.OnnxFile, training.Shape);
    Console.WriteLine($"{result.Validation!.Accuracy:P2} right at the end: {options.WeightsFile}, {options.OnnxFile}");
    return 0;
}

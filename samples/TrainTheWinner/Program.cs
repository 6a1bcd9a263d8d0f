using RankNas;
using RankNas.SearchSpaces;
using RankNas.Torch;
using TrainTheWinner;
using static TorchSharp.torch;

return await TrainingOptions.CreateCommand(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(TrainingOptions options, CancellationToken cancellationToken)
{
    try
    {
        Directory.CreateDirectory(options.Folder);
        TorchRuntime.EnsureLoaded();
        Architecture winner = options.Arch is { } text
            ? options.Space.Parse(text)
            : await Winner.FindAsync(options, cancellationToken);
        Train(winner, options);
        return 0;
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or ArchitectureFormatException)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
}

static void Train(Architecture architecture, TrainingOptions options)
{
    (LabelledImages training, LabelledImages judging) = LabelledImages.Read(options);

    // The weights that the search scored: the same as result.BuildNetwork(result.Best).
    using nn.Module<Tensor, Tensor> network = options.Space.BuildNetwork(architecture, training.Shape);
    WeightInitializer.Default.Initialize(network, new WeightSeed(options.Seed, architecture.Text));
    using var trainer = new Trainer(network, options);

    var checkpoint = new Checkpoint(options, architecture, training);
    int done = checkpoint.LoadInto(network, trainer);
    Console.WriteLine($"{architecture.Text}: {training.Count} images to train on, {judging.Count} to judge by.");
    for (int epoch = done; epoch < options.Epochs; epoch++)
    {
        EpochFigures figures = EpochProgress.Run(epoch, options.Epochs, report => trainer.TrainEpoch(training, epoch, report));
        double accuracy = trainer.AccuracyOn(judging);
        checkpoint.Save(network, trainer, epoch + 1);
        Console.WriteLine(
            $"epoch {epoch + 1} of {options.Epochs}: loss {figures.Loss:F4}, {figures.Accuracy:P1} right in training, {accuracy:P1} of those judged by, {figures.Elapsed.TotalSeconds:F1} s");
    }

    network.SaveWeights(options.WeightsFile, new Dictionary<string, string> { ["space"] = options.Space.Id, ["architecture"] = architecture.Text });
    network.ExportOnnx(options.OnnxFile, training.Shape);
    Console.WriteLine($"{trainer.AccuracyOn(judging):P2} right at the end: {options.WeightsFile}, {options.OnnxFile}");
}

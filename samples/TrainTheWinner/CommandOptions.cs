using System.CommandLine;
using RankNas.SearchSpaces;
using RankNas.Training;

namespace TrainTheWinner;

/// <summary>What to train, on what, and how; the defaults are NATS-Bench's own for CIFAR-10.</summary>
internal sealed record CommandOptions(
    string Images, string? Test, double HeldOut, ISearchSpace Space, string? Arch, int Budget,
    int Epochs, int BatchSize, double LearningRate, long Seed, string Folder)
{
    public string WeightsFile => Path.Combine(Folder, "winner.safetensors");

    public string OnnxFile => Path.Combine(Folder, "winner.onnx");

    public string ScoresFile => Path.Combine(Folder, "scores.db");

    /// <summary>Gets how to train: SGD with Nesterov momentum of 0.9, a cosine, crops and flips are the defaults.</summary>
    /// <remarks>The last weights are taken, not the best ones: what is judged by may be test images.</remarks>
    public TrainingOptions Training => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Seed = Seed,
        KeepBest = false,
        CheckpointFile = Path.Combine(Folder, "checkpoint.safetensors"),
    };

    /// <summary>Makes the command line; <paramref name="run"/> is called with what was typed.</summary>
    public static RootCommand CreateCommand(Func<CommandOptions, CancellationToken, Task<int>> run)
    {
        var images = new Option<string>("--images") { Description = "CIFAR-10 or CIFAR-100 images to train on: a binary file, or a folder of them.", Required = true };
        var test = new Option<string?>("--test") { Description = "Images to judge by; without it, some of --images are held out." };
        var heldOut = new Option<double>("--held-out") { Description = "Without --test, the share of images held out.", DefaultValueFactory = _ => 0.1 };
        var space = new Option<string>("--space") { Description = "The space of the architecture.", DefaultValueFactory = _ => NatsTopologySpace.Name };
        space.AcceptOnlyFromAmong(NatsTopologySpace.Name, NatsSizeSpace.Name);
        var arch = new Option<string?>("--arch") { Description = "The architecture; without it, a brief search finds one." };
        var budget = new Option<int>("--budget") { Description = "How many architectures that search scores.", DefaultValueFactory = _ => 50 };
        var epochs = new Option<int>("--epochs") { Description = "How often to go through the images.", DefaultValueFactory = _ => 200 };
        var batch = new Option<int>("--batch") { Description = "How many images each step takes.", DefaultValueFactory = _ => 256 };
        var rate = new Option<double>("--lr") { Description = "The learning rate at the start.", DefaultValueFactory = _ => 0.1 };
        var seed = new Option<long>("--seed") { Description = "The seed of search, weights, order and augmentation.", DefaultValueFactory = _ => 1 };
        var folder = new Option<string>("--out") { Description = "The folder for checkpoint, weights and ONNX file.", DefaultValueFactory = _ => "winner" };
        MustBe(epochs, value => value >= 1, "at least 1");
        MustBe(batch, value => value >= 2, "at least 2");
        MustBe(budget, value => value >= 1, "at least 1");
        MustBe(rate, value => value > 0, "above 0");
        MustBe(heldOut, value => value is > 0 and < 1, "between 0 and 1");
        RootCommand command = new("Trains the network of an architecture, or of the winner of a search, and exports it.")
        {
            images, test, heldOut, space, arch, budget, epochs, batch, rate, seed, folder,
        };
        command.SetAction((parsed, cancellationToken) => run(
            new CommandOptions(
                parsed.GetValue(images)!, parsed.GetValue(test), parsed.GetValue(heldOut),
                parsed.GetValue(space) == NatsSizeSpace.Name ? new NatsSizeSpace() : new NatsTopologySpace(), parsed.GetValue(arch), parsed.GetValue(budget),
                parsed.GetValue(epochs), parsed.GetValue(batch), parsed.GetValue(rate), parsed.GetValue(seed), parsed.GetValue(folder)!),
            cancellationToken));
        return command;
    }

    private static void MustBe<T>(Option<T> option, Func<T, bool> isRight, string range) => option.Validators.Add(result =>
    {
        if (!isRight(result.GetValueOrDefault<T>()))
        {
            result.AddError($"{option.Name} must be {range}.");
        }
    });
}

using System.Globalization;
using RankNas;
using RankNas.SearchSpaces;
using RankNas.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainTheWinner;

/// <summary>Where training stands: weights, momentum and the number of epochs done, in one file that is replaced whole.</summary>
internal sealed class Checkpoint(TrainingOptions options, Architecture architecture, LabelledImages images)
{
    private const string WeightPrefix = "network/";
    private const string MomentumPrefix = "momentum/";
    private const string EpochsDone = "epochs done";
    private const string Run = "run";

    // What a run may not be continued with if it differs.
    private readonly string _run = string.Create(
        CultureInfo.InvariantCulture,
        $"{options.Space.Id} {architecture.Text}, seed {options.Seed}, {images.Count} images, {images.Shape.Classes} classes, {options.Epochs} epochs, batch {options.BatchSize}, lr {options.LearningRate}");

    public void Save(nn.Module network, Trainer trainer, int epochsDone)
    {
        Dictionary<string, Tensor> tensors = network.Weights().ToDictionary(pair => WeightPrefix + pair.Key, pair => pair.Value);
        foreach ((string name, SGD.State state) in Momentum(network, trainer))
        {
            tensors.Add(MomentumPrefix + name, state.momentum_buffer);
        }

        TensorFile.Save(options.CheckpointFile, tensors, new Dictionary<string, string>
        {
            [Run] = _run,
            [EpochsDone] = epochsDone.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Puts network and trainer to where they were.</summary>
    /// <returns>How many epochs are done; 0 where there is no checkpoint.</returns>
    public int LoadInto(nn.Module network, Trainer trainer)
    {
        if (!File.Exists(options.CheckpointFile))
        {
            return 0;
        }

        using TensorFile file = TensorFile.Load(options.CheckpointFile);
        if (file.Metadata.GetValueOrDefault(Run) is var run && run != _run)
        {
            throw new InvalidOperationException($"'{options.CheckpointFile}' is of another run ({run}): name another folder by --out, or delete it.");
        }

        network.LoadWeights(file.Tensors.Where(pair => pair.Key.StartsWith(WeightPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[WeightPrefix.Length..], pair => pair.Value));
        foreach ((string name, SGD.State state) in Momentum(network, trainer))
        {
            state.momentum_buffer = file.Tensors[MomentumPrefix + name].clone();
        }

        return int.Parse(file.Metadata[EpochsDone], CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(string Name, SGD.State State)> Momentum(nn.Module network, Trainer trainer) =>
        network.named_parameters().Select(named => named.name).Zip(trainer.Momentum);
}

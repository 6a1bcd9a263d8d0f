using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RankNas.Files;
using RankNas.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Training.Checkpoints;

/// <summary>A training's state in one file, which is replaced whole.</summary>
internal sealed class Checkpoint(string path, SortedDictionary<string, string> identity)
{
    private const string Run = "run";
    private const string Position = "position";
    private const string History = "history";
    private const string Digest = "sha256";

    /// <summary>Gets the file.</summary>
    public string Path => path;

    /// <summary>Saves the state.</summary>
    /// <param name="tensors">All tensors of the training by name.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="history">How it went so far.</param>
    public void Save(IReadOnlyDictionary<string, Tensor> tensors, TrainingPosition position, TrainingHistory history)
    {
        var texts = new Dictionary<string, string>
        {
            [Run] = RunIdentity.ToJson(identity),
            [Position] = JsonSerializer.Serialize(position, TrainingJson.Default.TrainingPosition),
            [History] = history.ToJson(),
        };
        texts.Add(Digest, DigestOf(tensors, texts));
        TensorFile.Save(path, tensors, texts);
    }

    /// <summary>Loads the state into tensors.</summary>
    /// <param name="isWanted">Tells which of the file's tensors are copied, and where to; it throws nothing.</param>
    /// <returns>Null where there is no file.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or of another run.</exception>
    public (TrainingPosition Position, TrainingHistory History)? Load(Func<string, Tensor, Tensor?> isWanted)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using TensorFile file = TensorFile.Load(path);
        CheckRun(file);
        string digest = DigestOf(file.Tensors, file.Metadata);
        if (file.Metadata.GetValueOrDefault(Digest) != digest)
        {
            throw Damaged("its contents do not match its checksum");
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor saved) in file.Tensors)
        {
            // The run is the same, so the shapes are.
            (isWanted(name, saved) ?? throw Damaged($"it has a tensor '{ShownText.Of(name)}' that this training has not")).copy_(saved);
        }

        TrainingPosition position = JsonSerializer.Deserialize(file.Metadata[Position], TrainingJson.Default.TrainingPosition) ?? throw Damaged("it does not say where training stood");
        return (position, TrainingHistory.FromJson(file.Metadata[History]));
    }

    private void CheckRun(TensorFile file)
    {
        string? difference;
        try
        {
            difference = file.Metadata.ContainsKey(Run) ? RunIdentity.Difference(file.Metadata[Run], identity) : throw Damaged("it is no checkpoint of a training");
        }
        catch (JsonException)
        {
            throw Damaged("it does not say of which run it is");
        }

        if (difference is not null)
        {
            throw new InvalidDataException(
                $"'{ShownText.Of(path, ShownText.LineLength)}' is the checkpoint of another run: {ShownText.OneLine(difference, 3 * ShownText.LineLength)}. Name another file, delete this one, or set the options as they were.");
        }
    }

    private InvalidDataException Damaged(string why) =>
        new($"The checkpoint '{ShownText.Of(path, ShownText.LineLength)}' cannot be resumed, as {why}: delete it to begin anew.");

    private static string DigestOf(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in (string[])[Run, Position, History])
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}={texts.GetValueOrDefault(name)}\n"));
        }

        foreach ((string name, Tensor tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            using DisposeScope scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n"));
            if (tensor.numel() > 0)
            {
                hash.AppendData(tensor.detach().cpu().contiguous().bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

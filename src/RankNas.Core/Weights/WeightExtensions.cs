using RankNas.Files;
using RankNas.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Saves and loads the weights of a network.</summary>
/// <remarks>
/// TorchSharp's own <c>save</c> and <c>load</c> write a format that only TorchSharp reads, write a module once for every field that
/// refers to it, and leave a network partly changed if a file does not match.
/// </remarks>
public static class WeightExtensions
{
    /// <summary>Gets a network's parameters and buffers by name, as PyTorch's <c>state_dict()</c> has them, BatchNorm's running statistics included.</summary>
    /// <param name="network">The network.</param>
    /// <returns>The network's own tensors: writing into them changes the network. Do not dispose them.</returns>
    public static IReadOnlyDictionary<string, Tensor> Weights(this nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var weights = new Dictionary<string, Tensor>();
        foreach ((string name, Tensor tensor) in network.named_parameters().Select(named => (named.name, (Tensor)named.parameter))
            .Concat(network.named_buffers().Select(named => (named.name, named.buffer))))
        {
            weights.TryAdd(name, tensor);
        }

        return weights;
    }

    /// <summary>Writes a network's weights to a safetensors file, atomically; an existing file is replaced.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file, usually named <c>.safetensors</c>.</param>
    /// <param name="metadata">Metadata of the file, such as the architecture.</param>
    /// <inheritdoc cref="TensorFile.Save" path="/exception"/>
    public static void SaveWeights(this nn.Module network, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        TensorFile.Save(path, network.Weights(), metadata);

    /// <summary>Sets all of a network's weights from a safetensors file; if the file does not match, the network is not changed.</summary>
    /// <param name="network">The network, in any precision, on any device: numbers are converted.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not such a file, damaged, or of another network; the message names the tensor.</exception>
    public static void LoadWeights(this nn.Module network, string path)
    {
        IReadOnlyDictionary<string, Tensor> weights = network.Weights();
        using TensorFile file = TensorFile.Load(path, header =>
        {
            if (Misfit(weights, header.Entries.Select(entry => (entry.Name, entry.Type, entry.Shape.ToArray()))) is { } misfit)
            {
                throw new InvalidDataException($"'{ShownText.Of(path, ShownText.LineLength)}' does not fit the network: {misfit}");
            }
        });
        Copy(file.Tensors, weights);
    }

    /// <summary>Sets all of a network's weights from tensors by name; if they do not match, the network is not changed.</summary>
    /// <param name="network">The network, in any precision, on any device: numbers are converted.</param>
    /// <param name="tensors">The tensors, which are copied.</param>
    /// <exception cref="ArgumentException">They are those of another network; the message names the tensor.</exception>
    public static void LoadWeights(this nn.Module network, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        IReadOnlyDictionary<string, Tensor> weights = network.Weights();
        if (Misfit(weights, tensors.Select(pair => (pair.Key, pair.Value.dtype, pair.Value.Sizes()))) is { } misfit)
        {
            throw new ArgumentException($"The tensors do not fit the network: {misfit}", nameof(tensors));
        }

        Copy(tensors, weights);
    }

    private static string? Misfit(IReadOnlyDictionary<string, Tensor> weights, IEnumerable<(string Name, ScalarType Type, long[] Shape)> found)
    {
        Dictionary<string, (ScalarType Type, long[] Shape)> byName = found.ToDictionary(tensor => tensor.Name, tensor => (tensor.Type, tensor.Shape));
        string[] missing = [.. weights.Keys.Where(name => !byName.ContainsKey(name))];
        if (missing.Length > 0)
        {
            return $"there is no '{missing[0]}' in it{AndOthers(missing.Length, "missing")}. Load the weights of the same architecture.";
        }

        string[] unexpected = [.. byName.Keys.Where(name => !weights.ContainsKey(name)).Order(StringComparer.Ordinal)];
        if (unexpected.Length > 0)
        {
            return $"the network has no '{ShownText.Of(unexpected[0])}'{AndOthers(unexpected.Length, "too many")}. Load the weights of the same architecture.";
        }

        return weights.Select(pair => Misfit(pair.Key, pair.Value, byName[pair.Key])).FirstOrDefault(misfit => misfit is not null);
    }

    private static string? Misfit(string name, Tensor weight, (ScalarType Type, long[] Shape) found)
    {
        if (!weight.Sizes().SequenceEqual(found.Shape))
        {
            return $"'{name}' is [{string.Join(", ", found.Shape)}] in it, but [{string.Join(", ", weight.Sizes())}] in the network. "
                + "Load the weights of the same architecture, with the same number of classes.";
        }

        return is_floating_point(weight.dtype) == is_floating_point(found.Type)
            ? null
            : $"'{name}' is in {found.Type} in it, but in {weight.dtype} in the network.";
    }

    private static string AndOthers(int count, string what) => count == 1 ? "" : $", and {count - 1} more are {what}";

    private static void Copy(IReadOnlyDictionary<string, Tensor> from, IReadOnlyDictionary<string, Tensor> to)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor weight) in to)
        {
            weight.copy_(from[name]);
        }
    }
}

using System.Globalization;
using Google.Protobuf.Collections;
using Onnx;
using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Onnx;

/// <summary>The constants of a model: weights, shapes and numbers.</summary>
/// <param name="weights">The network's weights by name.</param>
/// <param name="messages">What they are added to.</param>
internal sealed class OnnxConstants(IReadOnlyDictionary<string, Tensor> weights, RepeatedField<TensorProto> messages)
{
    // A message of protocol buffers, which a model is, ends at 2 GB; some are for what is not weights.
    private const long MostBytes = 2_000_000_000;

    // A layer that is applied twice has one tensor under two names.
    private readonly Dictionary<(Tensor Tensor, bool IsTransposed), string> _added = [];
    private long _bytes;

    public bool Has(string name) => weights.ContainsKey(name);

    /// <summary>Adds a weight, or its transpose; one that is there already is shared.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isTransposed">Whether rows and columns are exchanged.</param>
    /// <returns>The constant's name.</returns>
    public string Weight(string name, bool isTransposed = false)
    {
        Tensor tensor = weights[name];
        if (!_added.TryGetValue((tensor, isTransposed), out string? constant))
        {
            using DisposeScope scope = NewDisposeScope();
            constant = isTransposed ? $"{name}.transposed" : name;
            float[] values = Values(name, isTransposed ? tensor.t() : tensor);
            Add(constant, isTransposed ? [.. tensor.Sizes().Reverse()] : tensor.Sizes(), values);
            _added.Add((tensor, isTransposed), constant);
        }

        return constant;
    }

    /// <summary>Gets a weight's numbers.</summary>
    public float[] Values(string name) => Values(name, weights[name]);

    /// <summary>Gets a weight's shape.</summary>
    public long[] ShapeOf(string name) => weights[name].Sizes();

    public string Add(string name, long[] shape, ReadOnlySpan<float> values)
    {
        messages.Add(OnnxMessages.Constant(name, shape, values));
        return name;
    }

    public string Add(string name, params IEnumerable<long> values)
    {
        messages.Add(OnnxMessages.Constant(name, values.ToArray()));
        return name;
    }

    private float[] Values(string name, Tensor tensor)
    {
        _bytes += sizeof(float) * tensor.numel();
        if (_bytes > MostBytes)
        {
            throw new OnnxExportException(string.Create(
                CultureInfo.InvariantCulture,
                $"The weights up to '{name}' take {_bytes / 1e9:0.0} GB as float32, but an ONNX file holds {MostBytes / 1e9:0} GB at most: export a smaller network, or its parts one by one."));
        }

        if (tensor.device_type == TorchSharp.DeviceType.META)
        {
            throw new OnnxExportException($"'{name}' has a shape but no numbers: it is on the device 'meta'. Move the network to the CPU and set its weights first.");
        }

        using DisposeScope scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>A constant of an ONNX graph: float32, or whole numbers of 64 bits.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Bytes">Its elements in little-endian order.</param>
/// <param name="IsInteger">Whether they are whole numbers.</param>
internal sealed record OnnxConstant(string Name, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Bytes, bool IsInteger)
{
    public ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(Bytes.Span);

    public static OnnxConstant Of(string name, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return Of(name, [.. tensor.shape], tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray());
    }

    public static OnnxConstant Of(string name, ImmutableArray<long> shape, ReadOnlySpan<float> values) =>
        new(name, shape, MemoryMarshal.AsBytes(values).ToArray(), IsInteger: false);

    public static OnnxConstant Of(string name, ReadOnlySpan<long> values) =>
        new(name, [values.Length], MemoryMarshal.AsBytes(values).ToArray(), IsInteger: true);
}

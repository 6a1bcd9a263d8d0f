using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using static Onnx.AttributeProto.Types;

namespace RankNas.Onnx;

/// <summary>Makes the messages that a model is made of.</summary>
internal static class OnnxMessages
{
    public static AttributeProto Attribute(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, double value) => new() { Name = name, Type = AttributeType.Float, F = (float)value };

    public static AttributeProto Attribute(string name, params IEnumerable<long> values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    public static TensorProto Constant(string name, IEnumerable<long> shape, ReadOnlySpan<float> values) =>
        Constant(name, shape, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values));

    public static TensorProto Constant(string name, ReadOnlySpan<long> values) =>
        Constant(name, [values.Length], TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values));

    /// <summary>Describes the model's input or output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="batch">The number of images; any where null.</param>
    /// <param name="shape">The shape of each.</param>
    public static ValueInfoProto Value(string name, int? batch, IEnumerable<int> shape)
    {
        TensorShapeProto whole = new() { Dim = { batch is { } size ? new TensorShapeProto.Types.Dimension { DimValue = size } : new() { DimParam = "batch" } } };
        whole.Dim.AddRange(shape.Select(length => new TensorShapeProto.Types.Dimension { DimValue = length }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = whole } } };
    }

    private static TensorProto Constant(string name, IEnumerable<long> shape, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes) =>
        new() { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(bytes) };
}

using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace RankNas;

/// <summary>A protocol buffers message in the making: fields by number, in the order that they are written.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Nothing but memory is behind the streams.")]
internal sealed class ProtobufMessage
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public ProtobufMessage() => _output = new CodedOutputStream(_bytes);

    public ProtobufMessage Write(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
        return this;
    }

    public ProtobufMessage Write(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
        return this;
    }

    public ProtobufMessage Write(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    public ProtobufMessage Write(int field, ReadOnlyMemory<byte> value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
        return this;
    }

    public ProtobufMessage Write(int field, ProtobufMessage value) => Write(field, value.ToMemory());

    public ProtobufMessage WriteEach<T>(IEnumerable<T> values, Action<ProtobufMessage, T> write)
    {
        foreach (T value in values)
        {
            write(this, value);
        }

        return this;
    }

    public ReadOnlyMemory<byte> ToMemory()
    {
        _output.Flush();
        return _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);
    }
}

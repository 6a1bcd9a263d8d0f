using System.Buffers;
using System.Buffers.Binary;

namespace RankNas.NatsBench.Pickle;

/// <summary>The bytes of a pickle, read forward, within <see cref="PickleLimits"/>.</summary>
internal sealed class PickleInput(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private long _start;
    private int _position;
    private int _length;
    private long _textBytes;

    /// <summary>Gets how many bytes were read.</summary>
    public long Offset => _start + _position;

    /// <summary>Tells whether nothing follows; asking reads on.</summary>
    public bool IsAtEnd() => _position == _length && !TryFill();

    public byte ReadByte()
    {
        RequireBytes();
        return _buffer[_position++];
    }

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Read(stackalloc byte[sizeof(ushort)]));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(stackalloc byte[sizeof(int)]));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Read(stackalloc byte[sizeof(uint)]));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Read(stackalloc byte[sizeof(ulong)]));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Read(stackalloc byte[sizeof(double)]));

    /// <summary>Reads a byte string; the memory grows with what is really there, whatever length the file claims.</summary>
    public byte[] ReadBytes(ulong length)
    {
        ChargeText(length);
        byte[] bytes = new byte[Math.Min(length, (ulong)_buffer.Length)];
        int count = 0;
        while (true)
        {
            Read(bytes.AsSpan(count));
            count = bytes.Length;
            if ((ulong)count == length)
            {
                return bytes;
            }

            Array.Resize(ref bytes, (int)Math.Min(length, 2UL * (ulong)count));
        }
    }

    /// <summary>Reads a line without its end.</summary>
    public byte[] ReadLine(int maxLength)
    {
        var line = new ArrayBufferWriter<byte>();
        while (true)
        {
            byte next = ReadByte();
            if (next == '\n')
            {
                ChargeText((ulong)line.WrittenCount);
                return line.WrittenSpan.ToArray();
            }

            if (line.WrittenCount == maxLength)
            {
                throw new FormatException(FormattableString.Invariant($"a line is longer than {maxLength:N0} bytes"));
            }

            line.GetSpan(1)[0] = next;
            line.Advance(1);
        }
    }

    /// <summary>Counts bytes of texts against the limit, before they are read or copied.</summary>
    public void ChargeText(ulong bytes)
    {
        if (bytes > (ulong)(PickleLimits.TextBytes - _textBytes))
        {
            throw new FormatException(FormattableString.Invariant($"its texts are longer than {PickleLimits.TextBytes:N0} bytes"));
        }

        _textBytes += (long)bytes;
    }

    private Span<byte> Read(Span<byte> bytes)
    {
        for (Span<byte> rest = bytes; !rest.IsEmpty;)
        {
            RequireBytes();
            int count = Math.Min(rest.Length, _length - _position);
            _buffer.AsSpan(_position, count).CopyTo(rest);
            _position += count;
            rest = rest[count..];
        }

        return bytes;
    }

    private void RequireBytes()
    {
        if (IsAtEnd())
        {
            throw new FormatException("it ends in the middle");
        }
    }

    private bool TryFill()
    {
        _start += _length;
        _position = 0;
        _length = 0;
        if (_start >= PickleLimits.Bytes)
        {
            throw new FormatException(FormattableString.Invariant($"it is longer than {PickleLimits.Bytes:N0} bytes"));
        }

        _length = stream.Read(_buffer);
        return _length > 0;
    }
}

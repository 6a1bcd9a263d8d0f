using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace RankNas.NatsBench.Pickle;

/// <summary>Unpacks bzip2 from memory, one stream or several, where whatever goes wrong means that the bytes are damaged.</summary>
internal sealed class UnpackedStream(byte[] packed) : ForwardStream
{
    private readonly MemoryStream _packed = new(packed, writable: false);
    private BZip2Stream? _stream;
    private int _streams;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            while (buffer.Length > 0)
            {
                if (_stream?.Read(buffer) is { } read and > 0)
                {
                    return read;
                }

                // The decoder takes byte by byte: where a stream has ended, the next one begins.
                if (_stream is not null && _packed.Position == _packed.Length)
                {
                    return 0;
                }

                OpenNext();
            }

            return 0;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or FormatException))
        {
            // Damaged blocks make the decoder leave its tables, by exceptions of any kind.
            throw new InvalidDataException("it does not unpack as bzip2", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _stream?.Dispose();
        _packed.Dispose();
        base.Dispose(disposing);
    }

    // Each stream gets megabytes of tables.
    private void OpenNext()
    {
        if (++_streams > PickleLimits.Streams)
        {
            throw new FormatException(FormattableString.Invariant($"it has more than {PickleLimits.Streams} bzip2 streams"));
        }

        _stream?.Dispose();
        _stream = BZip2Stream.Create(_packed, CompressionMode.Decompress, decompressConcatenated: false, leaveOpen: true);
    }
}

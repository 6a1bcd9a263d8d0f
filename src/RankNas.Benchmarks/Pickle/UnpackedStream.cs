using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace RankNas;

/// <summary>Unpacks bzip2 from memory, where whatever goes wrong means that the bytes are damaged.</summary>
internal sealed class UnpackedStream(byte[] packed) : Stream
{
    private BZip2Stream? _stream;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            // Opening reads the header already. Python writes one stream; each of many would get megabytes of tables anew.
            _stream ??= BZip2Stream.Create(
                new MemoryStream(packed, writable: false), CompressionMode.Decompress, decompressConcatenated: false);
            return _stream.Read(buffer, offset, count);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Damaged blocks make the decoder leave its tables, by exceptions of any kind.
            throw new InvalidDataException("it does not unpack as bzip2", exception);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _stream?.Dispose();
        base.Dispose(disposing);
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace RankNas.Files;

/// <summary>Unpacks gzip, of one member or several, and makes sure that the last one is whole and that nothing follows it.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a file that is cut off for one that ends there, and drops what follows the last member. So the
/// decoder is given one more member after the end of the file, whose content nobody can know before: it comes out
/// as the last thing exactly where the file was whole. What its bytes may have unpacked to in a file that is cut off is held back, so that nobody reads it.
/// </remarks>
internal sealed class GzipInput : ForwardStream
{
    private const int SealBytes = 32;

    // Deflate makes at most 1,032 bytes of one, and the packed seal is shorter than a hundred.
    private const int HeldBack = 128 * 1024;
    private const int Step = 64 * 1024;

    private readonly byte[] _seal = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(SealBytes)));
    private readonly GZipStream _unpacked;
    private readonly long _maxBytes;
    private readonly byte[] _buffer = new byte[HeldBack + 2 * Step];
    private int _start;
    private int _end;
    private long _count;
    private bool _isAtEnd;

    /// <summary>Initializes the stream.</summary>
    /// <param name="packed">The compressed bytes, which are disposed with this stream.</param>
    /// <param name="maxBytes">How many bytes may come out.</param>
    public GzipInput(Stream packed, long maxBytes)
    {
        _unpacked = new GZipStream(new SealedStream(packed, Pack(_seal)), CompressionMode.Decompress);
        _maxBytes = maxBytes;
    }

    /// <summary>Tells whether a file is gzip by its first bytes, and goes back to its start.</summary>
    public static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        bool isGzip = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic is [0x1F, 0x8B];
        file.Position = 0;
        return isGzip;
    }

    /// <exception cref="FormatException">The file is damaged or cut off, or unpacks to too much.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && _end - _start <= HeldBack)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, _end - _start - (_isAtEnd ? 0 : HeldBack));
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        _count += count;
        return _count <= _maxBytes
            ? count
            : throw new FormatException(FormattableString.Invariant($"it unpacks to more than {_maxBytes:N0} bytes"));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private void Fill()
    {
        if (_buffer.Length - _end < Step)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        int read = Unpack();
        _end += read;
        if (read > 0)
        {
            return;
        }

        _isAtEnd = true;
        if (!_buffer.AsSpan(_start, _end - _start).EndsWith(_seal))
        {
            throw new FormatException("its gzip is cut off, or something else follows it");
        }

        _end -= _seal.Length;
    }

    private int Unpack()
    {
        try
        {
            return _unpacked.Read(_buffer.AsSpan(_end));
        }
        catch (InvalidDataException exception)
        {
            throw new FormatException("its gzip is damaged or cut off", exception);
        }
    }

    /// <summary>A stream, and some bytes after its end.</summary>
    private sealed class SealedStream(Stream stream, byte[] seal) : ForwardStream
    {
        private readonly MemoryStream _seal = new(seal, writable: false);

        public override int Read(Span<byte> buffer) => stream.Read(buffer) is var read and > 0 ? read : _seal.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stream.Dispose();
                _seal.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RankNas.Images.Sources;

namespace RankNas.Images.Loading;

/// <summary>Decoded pixels in a file, whose name is a fingerprint of everything that they depend on.</summary>
/// <remarks>A magic number, the length of a header in JSON, the header, the pixels, and SHA-256 of all that. A file that is not whole is made again.</remarks>
internal sealed class PictureCache
{
    // Raised when decoding or the layout changes.
    private const int Version = 1;
    private const int MostHeaderBytes = 256 << 20;
    private const int Block = 1 << 20;
    private const int NameDigits = 32;

    private readonly string _folder;
    private readonly string _path;
    private readonly int _entries;

    public PictureCache(string folder, PictureListing listing, PictureOptions options)
    {
        _folder = folder;
        _entries = listing.Entries.Length;
        _path = Path.Combine(folder, $"pictures-{Fingerprint(listing, options)}.cache");
    }

    private static ReadOnlySpan<byte> Magic => "RNPICT01"u8;

    /// <summary>Reads the pixels; null where they are not there, or damaged.</summary>
    public DecodedPictures? Read()
    {
        try
        {
            if (!File.Exists(_path))
            {
                return null;
            }

            using FileStream file = InputFile.Open(_path, "a cache");
            return Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes the pixels.</summary>
    /// <returns>Why they could not be written; null where they were.</returns>
    public string? Write(DecodedPictures pictures)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            AtomicFile.Write(_path, file => Write(file, pictures));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The decoded pictures were not kept in '{ShownText.Of(_folder, ShownText.LineLength)}': {ShownText.OneLine(exception.Message, ShownText.LineLength)}";
        }
    }

    private static void Write(Stream file, DecodedPictures pictures)
    {
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new CacheHeader
        {
            Height = pictures.Size.Height,
            Width = pictures.Size.Width,
            Channels = pictures.Channels,
            Kept = pictures.Failures.IsEmpty ? null : [.. pictures.Kept],
            Failed = [.. pictures.Failures.Select(failure => failure.Entry)],
            Reasons = [.. pictures.Failures.Select(failure => failure.Reason)],
            Sizes =
            [
                pictures.Smallest.Height, pictures.Smallest.Width, pictures.Median.Height, pictures.Median.Width, pictures.Largest.Height, pictures.Largest.Width,
            ],
        });
        byte[] start = new byte[Magic.Length + sizeof(int)];
        Magic.CopyTo(start);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(Magic.Length), header.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> part in (ReadOnlyMemory<byte>[])[start, header, pictures.Pixels])
        {
            hash.AppendData(part.Span);
            file.Write(part.Span);
        }

        file.Write(hash.GetHashAndReset());
    }

    private DecodedPictures? Read(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] start = new byte[Magic.Length + sizeof(int)];
        file.ReadExactly(start);
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(Magic.Length));
        if (!start.AsSpan().StartsWith(Magic) || headerLength is < 0 or > MostHeaderBytes || headerLength > file.Length)
        {
            return null;
        }

        byte[] headerBytes = new byte[headerLength];
        file.ReadExactly(headerBytes);
        CacheHeader? header = JsonSerializer.Deserialize<CacheHeader>(headerBytes);
        if (header is not { Sizes.Length: 6 } || header.Failed.Length != header.Reasons.Length)
        {
            return null;
        }

        ImmutableArray<int> kept = header.Kept is null ? [.. Enumerable.Range(0, _entries)] : [.. header.Kept];
        long bytes = checked((long)kept.Length * header.Height * header.Width * header.Channels);
        if (bytes <= 0 || bytes > Array.MaxLength || file.Length != file.Position + bytes + SHA256.HashSizeInBytes)
        {
            return null;
        }

        hash.AppendData(start);
        hash.AppendData(headerBytes);
        byte[] pixels = GC.AllocateUninitializedArray<byte>((int)bytes);
        for (int filled = 0; filled < pixels.Length; filled += Block)
        {
            Span<byte> block = pixels.AsSpan(filled, Math.Min(Block, pixels.Length - filled));
            file.ReadExactly(block);
            hash.AppendData(block);
        }

        byte[] sum = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(sum);
        return !hash.GetHashAndReset().AsSpan().SequenceEqual(sum) ? null : new DecodedPictures
        {
            Pixels = pixels,
            Size = (header.Height, header.Width),
            Channels = header.Channels,
            Kept = kept,
            Failures = [.. header.Failed.Zip(header.Reasons, (entry, reason) => new PictureFailure(entry, reason))],
            Smallest = (header.Sizes[0], header.Sizes[1]),
            Median = (header.Sizes[2], header.Sizes[3]),
            Largest = (header.Sizes[4], header.Sizes[5]),
        };
    }

    private static string Fingerprint(PictureListing listing, PictureOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        PictureColor background = options.Background;
        Append(string.Create(
            CultureInfo.InvariantCulture,
            $"{Version}|{options.Size}|{options.Resize}|{options.Channels}|{background.Red},{background.Green},{background.Blue}|{options.OnCorrupt}|{options.MaxPixels}|{Path.GetFullPath(listing.Source)}"));
        foreach (PictureEntry entry in listing.Entries)
        {
            Append(string.Create(CultureInfo.InvariantCulture, $"{entry.Part}|{entry.File.Bytes}|{entry.File.Stamp}|{entry.Class.Length}|{entry.Class}|{entry.File.Name}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..NameDigits];

        void Append(string line) => hash.AppendData(Encoding.UTF8.GetBytes($"{line}\0"));
    }
}

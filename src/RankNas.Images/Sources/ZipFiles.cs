using System.IO.Compression;
using RankNas.Images.Decoding;

namespace RankNas.Images.Sources;

/// <summary>The files of a ZIP archive. Nothing is unpacked to the disk, so that names cannot lead anywhere.</summary>
internal sealed class ZipFiles : IPictureFiles
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly string _shown;

    private ZipFiles(ZipArchive archive, string shown) => (_archive, _shown) = (archive, shown);

    /// <summary>Opens an archive.</summary>
    public static ZipFiles Open(string path)
    {
        string shown = ShownText.Of(path, ShownText.LineLength);
        FileStream file = InputFile.Open(path, "a ZIP archive of pictures");
        try
        {
            var zip = new ZipFiles(new ZipArchive(file, ZipArchiveMode.Read), shown);
            _ = zip._archive.Entries.Count;
            return zip;
        }
        catch (InvalidDataException exception)
        {
            file.Dispose();
            throw new InvalidDataException($"'{shown}' is no ZIP archive, or it is damaged or cut off: fetch it again.", exception);
        }
    }

    /// <summary>Lists what is in the archive.</summary>
    public FileTree List()
    {
        var tree = new FileTree();
        int outside = 0;
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            if (entry.IsEncrypted)
            {
                throw new InvalidDataException($"'{_shown}' is encrypted: unpack it with its password, and name the folder that it gives.");
            }

            string name = entry.FullName.Replace('\\', '/');
            string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || name.StartsWith('/') || parts[0].EndsWith(':') || parts.Any(part => part is "." or ".."))
            {
                outside++;
                tree.Ignore();
                continue;
            }

            bool isFolder = name.EndsWith('/');
            if (parts.Any(FileTree.IsHidden))
            {
                tree.Ignore();
                continue;
            }

            for (int depth = 1; depth < parts.Length + (isFolder ? 1 : 0); depth++)
            {
                tree.Folders.Add(string.Join('/', parts.Take(depth)));
            }

            string normal = string.Join('/', parts);
            if (!isFolder && _entries.TryAdd(normal, entry))
            {
                tree.Add(new FoundFile(normal, entry.Length, entry.Crc32));
            }
        }

        if (outside > 0)
        {
            tree.Notices.Add(string.Create(CultureInfo.InvariantCulture, $"{outside:N0} files of the archive have names that lead out of it, and are ignored."));
        }

        return tree;
    }

    public byte[] Read(string name, int mostBytes)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            throw new UnreadablePictureException("there is no such file in the archive");
        }

        bool isWhole = mostBytes == PictureDecoder.MostFileBytes;
        if (isWhole && entry.Length > mostBytes)
        {
            throw TooLong(mostBytes);
        }

        // What an entry says of its length may be a lie, so that memory only grows by what comes out.
        using var bytes = new MemoryStream((int)Math.Min(Math.Min(entry.Length, mostBytes), 1 << 20));
        lock (_lock)
        {
            try
            {
                using Stream stream = entry.Open();
                byte[] buffer = new byte[64 * 1024];
                while (bytes.Length < mostBytes && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, mostBytes - bytes.Length)) is var read and > 0)
                {
                    bytes.Write(buffer, 0, read);
                }

                if (isWhole && bytes.Length == mostBytes && stream.ReadByte() >= 0)
                {
                    throw TooLong(mostBytes);
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
            {
                throw new UnreadablePictureException($"it cannot be unpacked ({ShownText.OneLine(exception.Message, ShownText.LineLength)})", exception);
            }
        }

        return bytes.ToArray();
    }

    public void Dispose() => _archive.Dispose();

    private static UnreadablePictureException TooLong(int mostBytes) =>
        new(string.Create(CultureInfo.InvariantCulture, $"it unpacks to more than {mostBytes:N0} bytes"));
}

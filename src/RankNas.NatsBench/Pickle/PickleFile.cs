namespace RankNas.NatsBench.Pickle;

/// <summary>Reads a pickle that is compressed with bzip2, as the benchmark's are.</summary>
internal static class PickleFile
{
    /// <exception cref="InvalidDataException">The file is damaged, or not such a file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static object? Read(string path)
    {
        // Read first: what goes wrong from there on is the file's fault, not the disk's.
        using var unpacked = new UnpackedStream(ReadBytes(path));
        return PickleReader.Read(unpacked, path);
    }

    private static byte[] ReadBytes(string path)
    {
        using FileStream file = InputFile.Open(path, "a file of the official release, from the folder whose name ends in '-simple'", PickleLimits.PackedBytes);
        byte[] bytes = new byte[file.Length];
        int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..count];
    }
}

namespace RankNas.Core.Tests.Images;

internal static class CifarFileWriter
{
    public const int ImageSize = 3 * 32 * 32;

    /// <summary>Writes a file of records, each with the given label bytes and image bytes that depend on seed and position.</summary>
    public static string Write(string path, int seed, params byte[][] labels)
    {
        var random = new Random(seed);
        using FileStream stream = File.Create(path);
        byte[] image = new byte[ImageSize];
        foreach (byte[] label in labels)
        {
            stream.Write(label);
            random.NextBytes(image);
            stream.Write(image);
        }

        return path;
    }

    public static string WriteEmptyRecords(string path, long bytes)
    {
        using FileStream stream = File.Create(path);
        stream.SetLength(bytes);
        return path;
    }
}

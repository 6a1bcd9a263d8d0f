namespace RankNas.Images.Decoding;

/// <summary>Knows formats of pictures by the names and the first bytes of their files.</summary>
internal static class PictureFormats
{
    private static readonly HashSet<string> Read = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".dib", ".gif" };

    private static readonly HashSet<string> NotRead = new(StringComparer.OrdinalIgnoreCase)
    {
        ".heic", ".heif", ".avif", ".tif", ".tiff", ".svg", ".jp2", ".jxl", ".psd", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".dcm", ".ppm", ".pgm", ".tga", ".ico",
    };

    /// <summary>Whether a file is one to read, by its name.</summary>
    public static bool IsRead(string name) => Read.Contains(Path.GetExtension(name));

    /// <summary>Whether a file is a picture of a format that is not read, by its name.</summary>
    public static bool IsForeign(string name) => NotRead.Contains(Path.GetExtension(name));

    /// <summary>Says why bytes are no picture that can be read.</summary>
    public static string Explain(ReadOnlySpan<byte> file)
    {
        string? foreign = file switch
        {
            _ when file.Length > 12 && file[4..8].SequenceEqual("ftyp"u8) => "a HEIC or AVIF picture",
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF picture",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
            [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => "a Photoshop document",
            [(byte)'<', ..] => "a page or an SVG drawing",
            _ => null,
        };
        if (foreign is not null)
        {
            return $"it is {foreign}, whatever its name: convert it to PNG or JPEG";
        }

        return file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, ..] or [(byte)'G', (byte)'I', (byte)'F', ..] or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] or [(byte)'B', (byte)'M', ..]
            ? "it is damaged or cut off near its start"
            : "it is no picture, or damaged";
    }
}

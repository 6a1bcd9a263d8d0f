using SkiaSharp;

namespace RankNas.Images.Tests.Support;

/// <summary>Small pictures that tests draw for themselves.</summary>
internal static class Drawn
{
    /// <summary>Makes a picture of one colour.</summary>
    public static byte[] Plain(int width, int height, SKColor color, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(color);
        return Encode(bitmap, format);
    }

    /// <summary>Makes a picture of random pixels.</summary>
    public static byte[] Noise(int width, int height, int seed, SKEncodedImageFormat format = SKEncodedImageFormat.Png, int quality = 90)
    {
        var random = new Random(seed);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte[] pixels = new byte[width * height * 4];
        random.NextBytes(pixels);
        pixels.CopyTo(bitmap.GetPixelSpan());
        return Encode(bitmap, format, quality);
    }

    /// <summary>Writes a file, and the folders above it.</summary>
    public static string Save(this TempFolder folder, string name, byte[] content)
    {
        string path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Makes two classes of pictures: red ones in <c>cats</c>, blue ones in <c>dogs</c>.</summary>
    public static void SaveCatsAndDogs(this TempFolder folder, int each = 2, string below = "")
    {
        for (int index = 0; index < each; index++)
        {
            folder.Save($"{below}cats/{index}.png", Plain(40 + index, 40, SKColors.Red));
            folder.Save($"{below}dogs/{index}.png", Plain(40 + index, 40, SKColors.Blue));
        }
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality = 90)
    {
        using SKData data = bitmap.Encode(format, quality);
        return data.ToArray();
    }
}

using SkiaSharp;

namespace RankNas.Fitting.Tests.Support;

/// <summary>Small pictures of classes that a tiny network can tell apart.</summary>
internal static class Shapes
{
    private static readonly (string Class, SKColor Color)[] Classes = [("красный круг", SKColors.Red), ("blue square", SKColors.Blue), ("green stripe", SKColors.Green)];

    /// <summary>Writes a folder of class folders.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="each">How many pictures each class has.</param>
    /// <param name="classes">How many classes, from 1 to 3.</param>
    public static string Save(TempFolder folder, int each = 16, int classes = 2)
    {
        var random = new Random(1);
        foreach ((string name, SKColor color) in Classes.Take(classes))
        {
            Directory.CreateDirectory(folder.File(Path.Combine("photos", name)));
            for (int index = 0; index < each; index++)
            {
                File.WriteAllBytes(folder.File(Path.Combine("photos", name, $"{index}.png")), Draw(color, random));
            }
        }

        return folder.File("photos");
    }

    private static byte[] Draw(SKColor color, Random random)
    {
        using var bitmap = new SKBitmap(16, 16);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)));
        using var paint = new SKPaint { Color = color };
        canvas.DrawCircle(random.Next(5, 11), random.Next(5, 11), 5, paint);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}

using System.Runtime.InteropServices;
using SkiaSharp;

namespace RankNas.Images.Decoding;

/// <summary>Works on decoded pixels, red, green, blue and alpha of one byte each.</summary>
internal static class Pixels
{
    /// <summary>Puts transparent pixels before a background, rounded as Pillow's <c>paste</c> does.</summary>
    public static void Compose(Span<byte> pixels, PictureColor background)
    {
        for (int pixel = 0; pixel + 3 < pixels.Length; pixel += 4)
        {
            int alpha = pixels[pixel + 3];
            if (alpha < 255)
            {
                pixels[pixel] = Mix(background.Red, pixels[pixel], alpha);
                pixels[pixel + 1] = Mix(background.Green, pixels[pixel + 1], alpha);
                pixels[pixel + 2] = Mix(background.Blue, pixels[pixel + 2], alpha);
            }
        }
    }

    /// <summary>Puts the luma of ITU-R BT.601 in the first place, rounded as Pillow's mode <c>L</c>.</summary>
    public static void ToGrey(Span<byte> pixels)
    {
        for (int pixel = 0; pixel + 3 < pixels.Length; pixel += 4)
        {
            pixels[pixel] = GreyOf(pixels[pixel], pixels[pixel + 1], pixels[pixel + 2]);
        }
    }

    /// <summary>Gets the luma of a colour.</summary>
    public static byte GreyOf(byte red, byte green, byte blue) => (byte)((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);

    /// <summary>Turns a picture upright.</summary>
    /// <param name="pixels">Pixels <c>[H, W, 4]</c> as they are stored.</param>
    /// <param name="stored">The height and width as they are stored.</param>
    /// <param name="origin">Where the first stored pixel belongs.</param>
    public static byte[] Turn(byte[] pixels, Size2D stored, SKEncodedOrigin origin)
    {
        byte[] turned = GC.AllocateUninitializedArray<byte>(stored.Height * stored.Width * 4);
        ReadOnlySpan<uint> from = MemoryMarshal.Cast<byte, uint>(pixels);
        Span<uint> to = MemoryMarshal.Cast<byte, uint>(turned.AsSpan());
        (int height, int width) = Upright(stored, origin);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                (int y, int x) = origin switch
                {
                    SKEncodedOrigin.TopRight => (row, stored.Width - 1 - column),
                    SKEncodedOrigin.BottomRight => (stored.Height - 1 - row, stored.Width - 1 - column),
                    SKEncodedOrigin.BottomLeft => (stored.Height - 1 - row, column),
                    SKEncodedOrigin.LeftTop => (column, row),
                    SKEncodedOrigin.RightTop => (stored.Height - 1 - column, row),
                    SKEncodedOrigin.RightBottom => (stored.Height - 1 - column, stored.Width - 1 - row),
                    SKEncodedOrigin.LeftBottom => (column, stored.Width - 1 - row),
                    _ => (row, column),
                };
                to[row * width + column] = from[y * stored.Width + x];
            }
        }

        return turned;
    }

    /// <summary>Gets the height and width of the picture turned upright.</summary>
    public static Size2D Upright(Size2D stored, SKEncodedOrigin origin) => IsOnItsSide(origin) ? new Size2D(stored.Width, stored.Height) : stored;

    /// <summary>Whether turning upright exchanges height and width.</summary>
    public static bool IsOnItsSide(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    private static byte Mix(byte background, byte color, int alpha)
    {
        int sum = background * (255 - alpha) + color * alpha + 128;
        return (byte)((sum + (sum >> 8)) >> 8);
    }
}

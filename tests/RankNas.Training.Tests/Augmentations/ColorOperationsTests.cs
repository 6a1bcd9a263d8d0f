using System.Security.Cryptography;
using RankNas.Training.Augmentations;

namespace RankNas.Training.Tests.Augmentations;

/// <summary>Every pixel is as Pillow 9.4 has it: SHA-256 of all, in 16 digits.</summary>
public class ColorOperationsTests
{
    private static readonly ImageSize Small = new(5, 6, 3);

    [Theory]
    [InlineData("brightness", 0.4, "0a4c3d7f3f774d33")]
    [InlineData("brightness", 1.6, "0e340482ca0d3d24")]
    [InlineData("contrast", 0.4, "91b0398129038799")]
    [InlineData("contrast", 1.6, "c21a10071b8be6b1")]
    [InlineData("saturation", 0.4, "c5763f8210f5b151")]
    [InlineData("saturation", 1.6, "621ba797c4532607")]
    [InlineData("sharpness", 0.4, "59fe8b8c3682cf18")]
    [InlineData("sharpness", 1.6, "427365366ee5cb25")]
    [InlineData("posterize", 5, "b5679fe3bc19170e")]
    [InlineData("solarize", 128, "2245282aa11680c8")]
    public void AnOperation_ChangesPixelsAsPillowDoes(string operation, double strength, string expected)
    {
        byte[] pixels = SmallImage();
        DigestOf(pixels).Should().Be("240425c0dfe29b18");
        switch (operation)
        {
            case "brightness":
                ColorOperations.Brightness(pixels, strength);
                break;
            case "contrast":
                ColorOperations.Contrast(pixels, Small, strength);
                break;
            case "saturation":
                ColorOperations.Saturation(pixels, Small, strength);
                break;
            case "sharpness":
                ColorOperations.Sharpness(pixels, new byte[pixels.Length], Small, strength);
                break;
            case "posterize":
                ColorOperations.Posterize(pixels, (int)strength);
                break;
            default:
                ColorOperations.Solarize(pixels, (int)strength);
                break;
        }

        DigestOf(pixels).Should().Be(expected);
    }

    [Fact]
    public void AutoContrast_StretchesAsPillowDoes()
    {
        byte[] pixels = [.. SmallImage().Select(value => (byte)(value / 3 + 40))];
        ColorOperations.AutoContrast(pixels, Small);
        DigestOf(pixels).Should().Be("9fe4beb8c030b699");
    }

    [Fact]
    public void Equalize_FlattensAsPillowDoes()
    {
        var size = new ImageSize(40, 30, 3);
        byte[] pixels = Fill(size, (y, x, c) => (y * y / 9 + 5 * x + 31 * c * (x % 5) + 13 * c) % 190 + 20);
        DigestOf(pixels).Should().Be("c0da0da43b2ecfb6");
        ColorOperations.Equalize(pixels, size);
        DigestOf(pixels).Should().Be("94d5db13fd322911");
    }

    private static byte[] SmallImage() => Fill(Small, (y, x, c) => (37 * y * y + 53 * x + 91 * c * x + 13 * c) % 251);

    private static byte[] Fill(ImageSize size, Func<int, int, int, int> value)
    {
        byte[] pixels = new byte[size.Values];
        for (int place = 0; place < pixels.Length; place++)
        {
            int pixel = place / size.Channels;
            pixels[place] = (byte)value(pixel / size.Width, pixel % size.Width, place % size.Channels);
        }

        return pixels;
    }

    private static string DigestOf(byte[] pixels) => Convert.ToHexStringLower(SHA256.HashData(pixels))[..16];
}

using RankNas.Graphs;
using RankNas.Images.Tests.Support;

namespace RankNas.Images.Tests.Decoding;

/// <summary>Pixels are those of Pillow.</summary>
public class PillowTests
{
    private static readonly NetworkShape Small = new() { Height = 16, Width = 24 };

    [Theory]
    [InlineData("crop-32x32", 32, 32, PictureResize.CropToFill)]
    [InlineData("fit-32x32", 32, 32, PictureResize.Fit)]
    [InlineData("stretch-40x24", 40, 24, PictureResize.Stretch)]
    [InlineData("crop-80x120", 80, 120, PictureResize.CropToFill)]
    public void Read_InAnotherSize_IsAsPillowResizesIt(string name, int height, int width, PictureResize resize)
    {
        byte[] pixels = PictureReader.Read(Fixture.PathOf("photo.png"), new NetworkShape { Height = height, Width = width }, new PictureOptions { Resize = resize });
        pixels.Should().Equal(Fixture.Bytes($"photo.png.{name}.bin"));
    }

    [Fact]
    public void Read_InGrey_IsAsPillowConvertsIt() =>
        PictureReader.Read(Fixture.PathOf("photo.png"), new NetworkShape { Channels = 1 }).Should().Equal(Fixture.Bytes("photo.png.grey-32x32.bin"));

    [Theory]
    [InlineData("alpha.png", 1)]
    [InlineData("alpha.webp", 1)]
    [InlineData("animated.gif", 0)]
    [InlineData("cmyk.jpg", 3)]
    [InlineData("color.jpg", 2)]
    [InlineData("grey-alpha.png", 1)]
    [InlineData("grey.jpg", 2)]
    [InlineData("grey.png", 0)]
    [InlineData("grey16.png", 0)]
    [InlineData("lossless.webp", 0)]
    [InlineData("lossy.webp", 3)]
    [InlineData("one-bit.png", 0)]
    [InlineData("palette-transparent.png", 1)]
    [InlineData("palette.bmp", 0)]
    [InlineData("palette.png", 0)]
    [InlineData("progressive.jpg", 3)]
    [InlineData("rgb.bmp", 0)]
    [InlineData("rgb16.png", 1)]
    [InlineData("rgb32.bmp", 0)]
    [InlineData("subsampled.jpg", 3)]
    public void Read_OfEveryFormat_IsAsPillowReadsIt(string name, int tolerance)
    {
        byte[] pixels = PictureReader.Read(Fixture.PathOf(name), Small);
        (_, int largest) = Fixture.Difference(pixels, Fixture.Bytes($"{name}.bin"));
        largest.Should().BeLessThanOrEqualTo(tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Read_OfEveryOrientation_IsUpright(int orientation)
    {
        NetworkShape shape = orientation < 5 ? Small : new NetworkShape { Height = 24, Width = 16 };
        byte[] pixels = PictureReader.Read(Fixture.PathOf($"exif-{orientation}.jpg"), shape);
        (_, int largest) = Fixture.Difference(pixels, Fixture.Bytes($"exif-{orientation}.jpg.bin"));
        largest.Should().BeLessThanOrEqualTo(2);
    }

    // Decoded at a fraction of its size, it is no more than nearly the same.
    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 128)]
    [InlineData(150, 150)]
    public void Read_OfALargeJpeg_IsNearlyAsPillowResizesIt(int height, int width)
    {
        byte[] pixels = PictureReader.Read(Fixture.PathOf("large.jpg"), new NetworkShape { Height = height, Width = width });
        (double mean, int largest) = Fixture.Difference(pixels, Fixture.Bytes($"large.jpg.crop-{height}x{width}.bin"));
        mean.Should().BeLessThan(1);
        largest.Should().BeLessThan(30);
    }

    [Fact]
    public void Read_BeforeAnotherBackground_IsMixedWithIt()
    {
        byte[] onWhite = PictureReader.Read(Fixture.PathOf("alpha.png"), Small);
        byte[] onBlack = PictureReader.Read(Fixture.PathOf("alpha.png"), Small, new PictureOptions { Background = PictureColor.Black });
        onWhite[..3].Should().Equal(255, 255, 255);
        onBlack[..3].Should().Equal(0, 0, 0);
    }
}

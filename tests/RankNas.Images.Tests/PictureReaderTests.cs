using RankNas.Graphs;
using RankNas.Images.Tests.Support;
using SkiaSharp;

namespace RankNas.Images.Tests;

public sealed class PictureReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PictureResize.CropToFill, 3)]
    [InlineData(PictureResize.Fit, 1)]
    [InlineData(PictureResize.Stretch, 3)]
    public void Read_GivesThePixelsOfTraining(PictureResize resize, int channels)
    {
        _folder.Save("a/1.jpg", Drawn.Noise(301, 173, 1, SKEncodedImageFormat.Jpeg));
        _folder.Save("b/1.png", Drawn.Plain(50, 90, SKColors.Red.WithAlpha(99)));
        var options = new PictureOptions { Resize = resize, Channels = channels, Background = new PictureColor(1, 2, 3) };
        var images = LabelledImages.FromFolder(_folder.Path, options);
        foreach ((int index, string name) in (ReadOnlySpan<(int, string)>)[(0, "a/1.jpg"), (1, "b/1.png")])
        {
            PictureReader.Read(_folder.File(name), images.Shape, options).Should().Equal(images.PixelsOf(index).ToArray());
            using FileStream stream = File.OpenRead(_folder.File(name));
            PictureReader.Read(stream, images.Shape, options).Should().Equal(images.PixelsOf(index).ToArray());
        }
    }

    [Fact]
    public void Read_WhatIsWrong_IsSaid()
    {
        FluentActions.Invoking(() => PictureReader.Read(_folder.File("no.png"), new NetworkShape())).Should().Throw<FileNotFoundException>().WithMessage("*name a picture.");
        FluentActions.Invoking(() => PictureReader.Read(new MemoryStream(), new NetworkShape())).Should().Throw<InvalidDataException>().WithMessage("The picture cannot be read: it is empty, 0 bytes.");
        FluentActions.Invoking(() => PictureReader.Read(new MemoryStream(), NetworkShape.OfRows(5, 2))).Should().Throw<ArgumentException>().WithMessage("*1 or 3 channels*");
        FluentActions.Invoking(() => PictureReader.Read(new MemoryStream(), new NetworkShape { Channels = 2 })).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(20, 10, 12)]
    [InlineData(10, 20, 14)]
    public void Read_Fit_PutsTheRestBeforeTheBackground(int width, int height, int grey)
    {
        string path = _folder.Save("a.png", Drawn.Plain(width, height, SKColors.Red));
        var options = new PictureOptions { Resize = PictureResize.Fit, Background = new PictureColor((byte)grey, (byte)grey, (byte)grey) };
        byte[] pixels = PictureReader.Read(path, new NetworkShape { Height = 40, Width = 40 }, options);
        pixels[..3].Should().Equal((byte)grey, (byte)grey, (byte)grey);
        pixels.Chunk(3).Count(pixel => pixel is [255, 0, 0]).Should().Be(800);
    }

    [Fact]
    public void Read_APictureOfOnePixel_FillsTheSize()
    {
        string path = _folder.Save("a.png", Drawn.Plain(1, 1, SKColors.Lime));
        PictureReader.Read(path, new NetworkShape()).Chunk(3).Should().OnlyContain(pixel => pixel.SequenceEqual(new byte[] { 0, 255, 0 }));
    }

    [Theory]
    [InlineData(4000, 1)]
    [InlineData(1, 4000)]
    public void Read_AVeryLongPicture_IsReadInEachWay(int width, int height)
    {
        string path = _folder.Save("a.png", Drawn.Plain(width, height, SKColors.Lime));
        foreach (PictureResize resize in Enum.GetValues<PictureResize>())
        {
            byte[] pixels = PictureReader.Read(path, new NetworkShape(), new PictureOptions { Resize = resize, Background = new PictureColor(0, 255, 0) });
            pixels.Chunk(3).Should().OnlyContain(pixel => pixel.SequenceEqual(new byte[] { 0, 255, 0 }));
        }
    }
}

using System.Buffers.Binary;
using RankNas.Graphs;
using RankNas.Images.Tests.Support;
using SkiaSharp;

namespace RankNas.Images.Tests.Loading;

public sealed class UnreadablePictureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_ThreeUnreadablePictures_AreNamedInOneLine()
    {
        _folder.SaveCatsAndDogs();
        SaveThree();
        FluentActions.Invoking(() => Pictures.Load(_folder.Path)).Should().Throw<InvalidDataException>().Which.Message.Should().Be(
            $"3 of 7 pictures of '{_folder.Path}' cannot be read. 'cats/cut.jpg': it is cut off; 'cats/empty.png': it is empty, 0 bytes; 'dogs/text.png': it is no picture, or damaged. "
            + "Now mend or remove them, or leave them out by OnCorrupt.Skip (--skip-corrupt).");
    }

    [Fact]
    public void Load_UnreadablePictures_AreSkippedWhereThatIsAskedFor()
    {
        _folder.SaveCatsAndDogs();
        SaveThree();
        PictureSet set = Pictures.Load(_folder.Path, new PictureOptions { OnCorrupt = CorruptPictures.Skip });
        set.Images.Labels.Should().Equal(0, 0, 1, 1);
        set.Images.PixelsOf(3)[..3].ToArray().Should().Equal([0, 0, 255], "the gap is closed");
        set.Report.Skipped.Select(skipped => skipped.Path).Should().Equal("cats/cut.jpg", "cats/empty.png", "dogs/text.png");
        set.Report.ToString().Should().Contain("skipped: 3").And.Contain("cats/cut.jpg: it is cut off");
    }

    [Fact]
    public void Load_NoReadablePicture_IsAnErrorEvenWhereTheyAreSkipped()
    {
        SaveThree();
        FluentActions.Invoking(() => Pictures.Load(_folder.Path, new PictureOptions { OnCorrupt = CorruptPictures.Skip }))
            .Should().Throw<InvalidDataException>().WithMessage("3 of 3 pictures*there is no other picture.");
    }

    [Fact]
    public void Load_NoReadableTrainingPicture_IsAnError()
    {
        _folder.Save("train/cats/a.png", []);
        _folder.Save("val/cats/a.png", Drawn.Plain(8, 8, SKColors.Red));
        FluentActions.Invoking(() => Pictures.Load(_folder.Path, new PictureOptions { OnCorrupt = CorruptPictures.Skip }))
            .Should().Throw<InvalidDataException>().WithMessage("No training picture of*'train/cats/a.png', it is empty*");
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("link to a device")]
    public void Load_WhatIsNoFile_DoesNotHang(string kind)
    {
        _folder.SaveCatsAndDogs();
        SpecialFiles.Create(_folder, kind, "cats/x.png");
        PictureSet set = Pictures.Load(_folder.Path, new PictureOptions { OnCorrupt = CorruptPictures.Skip });
        set.Report.Skipped.Should().ContainSingle().Which.Reason.Should().Be("it is no file");
    }

    [Fact]
    public void Load_AFileThatMayNotBeRead_IsUnreadable()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "Root may read everything.");
        _folder.SaveCatsAndDogs();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.File("cats/0.png"), UnixFileMode.None);
        }

        Pictures.Load(_folder.Path, new PictureOptions { OnCorrupt = CorruptPictures.Skip })
            .Report.Skipped.Should().ContainSingle().Which.Reason.Should().Be("it may not be read by this user");
    }

    [Theory]
    [InlineData("....ftypheic....", "HEIC or AVIF")]
    [InlineData("II*\0........", "TIFF")]
    [InlineData("%PDF-1.7 ....", "PDF")]
    [InlineData("<svg xmlns=", "SVG")]
    public void Read_AnotherFormat_IsNamed(string content, string format)
    {
        string path = _folder.Save("a.png", System.Text.Encoding.ASCII.GetBytes(content));
        FluentActions.Invoking(() => PictureReader.Read(path, new NetworkShape())).Should().Throw<InvalidDataException>().WithMessage($"*{format}*convert it to PNG or JPEG*");
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Read_APictureCutAnywhere_IsAnErrorOfOneLine(SKEncodedImageFormat format)
    {
        byte[] whole = Drawn.Noise(50, 50, 3, format);
        for (int length = 0; length < whole.Length - 20; length += whole.Length / 25)
        {
            string path = _folder.Save("a", whole[..length]);
            FluentActions.Invoking(() => PictureReader.Read(path, new NetworkShape())).Should().Throw<InvalidDataException>().Which.Message.Should().StartWith($"'{path}' cannot be read: it is").And.NotContain("\n");
        }
    }

    // Random changes may leave a picture, but neither crash nor anything but the one error.
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Read_APictureWithWrongBytes_IsReadOrRefused(SKEncodedImageFormat format)
    {
        byte[] whole = Drawn.Noise(40, 30, 3, format);
        var random = new Random(5);
        int refused = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] changed = [.. whole];
            for (int change = 0; change < 5; change++)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                PictureReader.Read(new MemoryStream(changed), new NetworkShape()).Should().HaveCount(3072);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        refused.Should().BePositive();
    }

    [Fact]
    public void Read_APictureThatClaimsTooManyPixels_IsRefusedBeforeMemoryIsTaken()
    {
        byte[] png = Drawn.Plain(8, 8, SKColors.Red);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 50_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Checksum(png.AsSpan(12, 17)));
        string path = _folder.Save("bomb.png", png);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => PictureReader.Read(path, new NetworkShape())).Should().Throw<InvalidDataException>()
            .WithMessage("*it has 50000x60000 pixels, 3,000 megapixels, and 200 are the most (MaxPixels).");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000_000);
        FluentActions.Invoking(() => PictureReader.Read(_folder.Save("a.png", Drawn.Plain(11, 10, SKColors.Red)), new NetworkShape(), new PictureOptions { MaxPixels = 100 }))
            .Should().Throw<InvalidDataException>().WithMessage("*it has 10x11 pixels*0.0001 are the most*");
    }

    // The CRC-32 of PNG.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte next in bytes)
        {
            sum ^= next;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
            }
        }

        return ~sum;
    }

    private void SaveThree()
    {
        byte[] jpeg = Drawn.Noise(60, 60, 1, SKEncodedImageFormat.Jpeg);
        _folder.Save("cats/cut.jpg", jpeg[..(jpeg.Length / 2)]);
        _folder.Save("cats/empty.png", []);
        _folder.Save("dogs/text.png", "this is no picture"u8.ToArray());
    }
}

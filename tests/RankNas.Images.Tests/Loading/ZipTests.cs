using System.IO.Compression;
using System.Text;
using RankNas.Images.Tests.Support;
using SkiaSharp;

namespace RankNas.Images.Tests.Loading;

public sealed class ZipTests : IDisposable
{
    private static readonly byte[] Red = Drawn.Plain(40, 40, SKColors.Red);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("photos/")]
    [InlineData("a/b/")]
    public void FromZip_OfClassFolders_ReadsThem(string around)
    {
        string path = Zip(($"{around}cats/1.png", Red), ($"{around}dogs/1.png", Red), ($"{around}dogs/собака.png", Red), ($"__MACOSX/{around}dogs/._1.png", Red));
        var images = LabelledImages.FromZip(path);
        images.ClassNames.Should().Equal("cats", "dogs");
        images.ImagesByClass.Should().Equal(1, 2);
        images.PixelsOf(2)[..3].ToArray().Should().Equal(255, 0, 0);
        LabelledImages.FromPictures(path).Count.Should().Be(3);
        ProbeImages.FromZip(path).Count.Should().Be(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data/")]
    public void FromZip_OfAList_ReadsIt(string around)
    {
        string path = Zip(($"{around}list.csv", "path,label\nimages/a.png,x\n./images/b.png,y\n"u8.ToArray()), ($"{around}images/a.png", Red), ($"{around}images/b.png", Red));
        LabelledImages.FromZip(path).ClassNames.Should().Equal("x", "y");
    }

    [Fact]
    public void FromZip_OfParts_ReadsTraining()
    {
        string path = Zip(("d/train/cats/1.png", Red), ("d/train/dogs/1.png", Red), ("d/val/dogs/2.png", Red));
        Pictures.Load(path).Parts!.Validation!.Count.Should().Be(1);
        LabelledImages.FromZip(path).Count.Should().Be(2);
    }

    [Fact]
    public void Load_NamesThatLeadOutOfTheArchive_AreIgnored()
    {
        string path = Zip(("cats/1.png", Red), ("dogs/1.png", Red), ("../../dogs/2.png", Red), ("/etc/dogs/3.png", Red), ("C:\\dogs\\4.png", Red), ("dogs/../../5.png", Red));
        PictureSet set = Pictures.Load(path);
        set.Images.Count.Should().Be(2);
        set.Report.Notices.Should().Contain("4 files of the archive have names that lead out of it, and are ignored.");
        Directory.GetFiles(_folder.Path).Should().ContainSingle("nothing is unpacked");
    }

    [Fact]
    public void Load_AListThatLeadsOutOfTheArchive_FindsNothing()
    {
        string path = Zip(("list.csv", "path,label\n../secret.png,x\n/a.png,y\n"u8.ToArray()), ("a.png", Red));
        _folder.Save("secret.png", Red);
        Error(path).Should().Contain("1 of 2 pictures").And.Contain("'../secret.png': there is no such file in the archive");
    }

    [Fact]
    public void Load_AnEncryptedArchive_SaysSo()
    {
        string path = Zip(("cats/1.png", Red), ("dogs/1.png", Red));
        byte[] bytes = File.ReadAllBytes(path);

        // Bit 0 of the flags, which the directory at the end and each entry have.
        foreach ((byte[] mark, int flags) in (ReadOnlySpan<(byte[], int)>)[([0x50, 0x4B, 1, 2], 8), ([0x50, 0x4B, 3, 4], 6)])
        {
            for (int at = bytes.AsSpan().IndexOf(mark); at >= 0; at = NextAfter(bytes, mark, at))
            {
                bytes[at + flags] |= 1;
            }
        }

        File.WriteAllBytes(path, bytes);
        Error(path).Should().Contain("is encrypted: unpack it with its password");
    }

    [Fact]
    public void Load_AnArchiveThatIsCutOff_SaysSo()
    {
        string path = Zip(("cats/1.png", Red), ("dogs/1.png", Red));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^30]);
        Error(path).Should().Contain("is no ZIP archive, or it is damaged or cut off");
    }

    [Fact]
    public void Load_ABomb_IsRefusedBeforeItIsUnpacked()
    {
        string path = _folder.File("bomb.zip");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using (Stream small = zip.CreateEntry("cats/1.png").Open())
            {
                small.Write(Red);
            }

            using Stream large = zip.CreateEntry("dogs/1.png", CompressionLevel.Fastest).Open();
            byte[] zeros = new byte[1 << 20];
            for (int megabyte = 0; megabyte < 513; megabyte++)
            {
                large.Write(zeros);
            }
        }

        Error(path).Should().Contain("'dogs/1.png': it unpacks to more than 536,870,912 bytes");
    }

    [Fact]
    public void Load_ADamagedEntry_IsOneUnreadablePicture()
    {
        byte[] noise = Drawn.Noise(64, 64, 1);
        string path = Zip(("cats/1.png", noise), ("dogs/1.png", noise));
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(200, 500).Clear();
        File.WriteAllBytes(path, bytes);
        PictureSet set = Pictures.Load(path, new PictureOptions { OnCorrupt = CorruptPictures.Skip });
        set.Report.Skipped.Should().ContainSingle().Which.Path.Should().Be("cats/1.png");
    }

    [Theory]
    [InlineData("photos.tar.gz")]
    [InlineData("photos.tgz")]
    [InlineData("photos.tar")]
    public void FromPictures_ATarArchive_SaysHowToUnpackIt(string name) =>
        Error(_folder.Save(name, Encoding.ASCII.GetBytes("some bytes"))).Should().Contain("is a tar archive: unpack it (tar -xf");

    private static int NextAfter(byte[] bytes, byte[] mark, int at) => bytes.AsSpan(at + 1).IndexOf(mark) is var next and >= 0 ? at + 1 + next : -1;

    private static string Error(string path) => FluentActions.Invoking(() => Pictures.Load(path)).Should().Throw<InvalidDataException>().Which.Message;

    private string Zip(params (string Name, byte[] Content)[] files)
    {
        string path = _folder.File("photos.zip");
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in files)
        {
            using Stream stream = zip.CreateEntry(name).Open();
            stream.Write(content);
        }

        return path;
    }
}

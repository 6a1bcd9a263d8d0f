using RankNas.Images.Tests.Support;
using SkiaSharp;

namespace RankNas.Images.Tests.Loading;

public sealed class CacheTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _kept = new();

    public CacheTests()
    {
        for (int index = 0; index < 6; index++)
        {
            _folder.Save($"{index % 2}/{index}.png", Drawn.Noise(40, 50, index));
        }
    }

    private PictureOptions Options => new() { CacheFolder = _kept.File("made/when/needed") };

    public void Dispose()
    {
        _folder.Dispose();
        _kept.Dispose();
    }

    [Fact]
    public void Load_TheSecondTime_TakesThePixelsFromTheCache()
    {
        PictureSet first = Pictures.Load(_folder.Path, Options), second = Pictures.Load(_folder.Path, Options);
        first.Report.FromCache.Should().BeFalse();
        second.Report.FromCache.Should().BeTrue();
        second.Report.Should().BeEquivalentTo(first.Report with { FromCache = true });
        second.Images.ToProbeImages().Fingerprint(6).Should().Be(first.Images.ToProbeImages().Fingerprint(6));
    }

    [Fact]
    public void Load_WithSkippedPictures_RemembersThem()
    {
        _folder.Save("0/broken.png", [1, 2, 3]);
        PictureOptions options = Options with { OnCorrupt = CorruptPictures.Skip };
        PictureSet first = Pictures.Load(_folder.Path, options), second = Pictures.Load(_folder.Path, options);
        second.Report.FromCache.Should().BeTrue();
        second.Report.Skipped.Should().Equal(first.Report.Skipped).And.ContainSingle();
        second.Images.Labels.Should().Equal(first.Images.Labels);
        FluentActions.Invoking(() => Pictures.Load(_folder.Path, Options)).Should().Throw<InvalidDataException>("the cache of another option is not taken");
    }

    [Fact]
    public void Load_AfterAnyChange_ReadsAgain()
    {
        Pictures.Load(_folder.Path, Options);
        Pictures.Load(_folder.Path, Options with { Channels = 1 }).Report.FromCache.Should().BeFalse();
        Pictures.Load(_folder.Path, Options with { Size = 33 }).Report.FromCache.Should().BeFalse();
        Pictures.Load(_folder.Path, Options with { Background = PictureColor.Black }).Report.FromCache.Should().BeFalse();
        Pictures.Load(_folder.Path, Options with { Resize = PictureResize.Fit }).Report.FromCache.Should().BeFalse();
        Pictures.Load(_folder.Path, Options with { MaxDegreeOfParallelism = 1 }).Report.FromCache.Should().BeTrue("the pixels do not depend on it");

        File.SetLastWriteTimeUtc(_folder.File("0/0.png"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Pictures.Load(_folder.Path, Options).Report.FromCache.Should().BeFalse("a time has changed");
        File.Move(_folder.File("0/0.png"), _folder.File("1/0.png"));
        Pictures.Load(_folder.Path, Options).Report.FromCache.Should().BeFalse("a class has changed");
        _folder.Save("1/new.png", Drawn.Plain(8, 8, SKColors.Red));
        Pictures.Load(_folder.Path, Options).Report.Read.Should().Be(7);
    }

    [Fact]
    public void Load_ACacheThatIsDamagedAnywhere_IsMadeAgain()
    {
        PictureSet first = Pictures.Load(_folder.Path, Options);
        string path = Directory.GetFiles(Options.CacheFolder!).Single();
        byte[] whole = File.ReadAllBytes(path);
        for (int at = 0; at < whole.Length; at += whole.Length / 40)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x55;
            Check(changed, $"byte {at} is another");
        }

        foreach (int length in (int[])[0, 5, 12, 100, whole.Length / 2, whole.Length - 1])
        {
            Check(whole[..length], $"it ends at {length}");
        }

        Check([.. whole, 0], "something follows it");

        void Check(byte[] content, string because)
        {
            File.WriteAllBytes(path, content);
            PictureSet set = Pictures.Load(_folder.Path, Options);
            set.Report.FromCache.Should().BeFalse(because);
            set.Images.PixelsOf(3).SequenceEqual(first.Images.PixelsOf(3)).Should().BeTrue();
            File.ReadAllBytes(path).Should().Equal(whole, "it is made again");
        }
    }

    [Fact]
    public void Load_WhereNoCacheCanBeWritten_SaysSoAndGoesOn()
    {
        string blocked = _kept.Save("file", [1]);
        PictureSet set = Pictures.Load(_folder.Path, Options with { CacheFolder = blocked });
        set.Images.Count.Should().Be(6);
        set.Report.Notices.Should().ContainSingle().Which.Should().Contain("were not kept in");
    }

    [Fact]
    public void Load_AZipArchive_HasACacheToo()
    {
        string zip = _kept.File("photos.zip");
        System.IO.Compression.ZipFile.CreateFromDirectory(_folder.Path, zip);
        Pictures.Load(zip, Options);
        Pictures.Load(zip, Options).Report.FromCache.Should().BeTrue();
    }
}

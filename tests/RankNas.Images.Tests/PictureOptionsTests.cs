using RankNas.Graphs;

namespace RankNas.Images.Tests;

public class PictureOptionsTests
{
    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Refused(() => new PictureOptions { Size = 0 }, "Size");
        Refused(() => new PictureOptions { Size = new Size2D(10, 65_537) }, "Size");
        Refused(() => new PictureOptions { Channels = 2 }, "Channels");
        Refused(() => new PictureOptions { MaxPixels = 0 }, "MaxPixels");
        Refused(() => new PictureOptions { MaxPixels = 500_000_001 }, "MaxPixels");
        Refused(() => new PictureOptions { MaxDegreeOfParallelism = 0 }, "MaxDegreeOfParallelism");
        Refused(() => new PictureOptions { Resize = (PictureResize)9 }, "Resize");
        Refused(() => new PictureOptions { OnCorrupt = (CorruptPictures)9 }, "OnCorrupt");
    }

    [Fact]
    public void Options_HaveTheDefaultsOfTheirDocumentation()
    {
        var options = new PictureOptions();
        options.Size.Should().BeNull();
        options.Resize.Should().Be(PictureResize.CropToFill);
        options.Channels.Should().Be(3);
        options.Background.Should().Be(PictureColor.White);
        options.OnCorrupt.Should().Be(CorruptPictures.Refuse);
        options.MaxPixels.Should().Be(200_000_000);
    }

    private static void Refused(Func<PictureOptions> make, string name) =>
        FluentActions.Invoking(make).Should().Throw<ArgumentOutOfRangeException>().WithMessage($"{name} is *").WithParameterName(name);
}

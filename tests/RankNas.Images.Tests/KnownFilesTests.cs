using RankNas.Images.Tests.Support;

namespace RankNas.Images.Tests;

public sealed class KnownFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromPictures_CifarFiles_AreReadAsTheyAre()
    {
        byte[] record = new byte[3073];
        record[0] = 3;
        record[1] = 77;
        string path = _folder.Save("data_batch_1.bin", record);
        foreach (string given in (string[])[path, _folder.Path])
        {
            var images = LabelledImages.FromPictures(given);
            images.ClassNames[images.Labels[0]].Should().Be("cat");
            images.PixelsOf(0)[0].Should().Be(77);
        }

        Pictures.Load(path).Report.Read.Should().Be(1);
        FluentActions.Invoking(() => Pictures.Load(path, new PictureOptions { Size = 64 })).Should().Throw<ArgumentException>().WithMessage("*3x32x32, and are read as they are*");
    }

    [Fact]
    public void FromPictures_ThePythonVersionOfCifar_IsNamed()
    {
        _folder.Save("cifar/data_batch_1", [0x80, 2, (byte)'}', (byte)'q', 1]);
        foreach (string given in (string[])[_folder.File("cifar/data_batch_1"), _folder.File("cifar")])
        {
            FluentActions.Invoking(() => LabelledImages.FromPictures(given)).Should().Throw<InvalidDataException>()
                .WithMessage("*is a Python pickle*fetch the binary version (cifar-10-binary.tar.gz*");
        }
    }

    [Fact]
    public void FromPictures_AnythingElse_IsAClearError()
    {
        FluentActions.Invoking(() => LabelledImages.FromPictures(_folder.Save("a.xyz", [1]))).Should().Throw<InvalidDataException>().WithMessage("*is no folder, CSV list or ZIP archive of pictures.");
        FluentActions.Invoking(() => LabelledImages.FromPictures(_folder.Save("a.png", [1]))).Should().Throw<InvalidDataException>().WithMessage("*but one picture*");
        FluentActions.Invoking(() => LabelledImages.FromPictures(_folder.File("nothing"))).Should().Throw<FileNotFoundException>();
    }
}

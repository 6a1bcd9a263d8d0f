using System.Buffers.Binary;
using System.IO.Compression;
using RankNas.Graphs;
using RankNas.Images;

namespace RankNas.Core.Tests.Images;

public sealed class KnownFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromFile_OfCifar10_HasThePixelsOfTheProbes()
    {
        CifarFileWriter.Write(_folder.File("data_batch_1.bin"), 1, [3], [0], [9]);
        CifarFileWriter.Write(_folder.File("data_batch_2.bin"), 2, [5]);
        var images = LabelledImages.FromFile(_folder.Path);
        var probes = ProbeImages.FromFile(_folder.Path);
        images.Labels.Should().Equal(3, 0, 9, 5);
        images.ClassNames.Should().Equal("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
        images.Normalization.Should().Be(probes.Normalization);
        images.Description.Should().Be(probes.Description);
        images.ToProbeImages().Fingerprint(4).Should().Be(probes.Fingerprint(4), "values and labels are the same");
    }

    [Fact]
    public void FromFile_OfCifar100_HasFineLabelsWithTheirNames()
    {
        var images = LabelledImages.FromFile(CifarFileWriter.Write(_folder.File("train.bin"), 1, [11, 19], [0, 99]));
        images.Labels.Select(label => images.ClassNames[label]).Should().Equal("cattle", "worm");
        images.ClassNames.Should().HaveCount(100).And.OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void FromFile_RealImages_HaveThePixelsOfTheProbes()
    {
        string path = TestData.Path("cifar10-train-400.bin");
        LabelledImages.FromFile(path).ToProbeImages().Fingerprint(400).Should().Be(ProbeImages.FromCifar10(path).Fingerprint(400));
    }

    [Theory]
    [InlineData("data_batch_1", "")]
    [InlineData("data_batch_1", "cifar-10-batches-py/")]
    [InlineData("train", "cifar-100-python/")]
    public void FromFile_ThePythonVersion_IsNamed(string name, string below)
    {
        Directory.CreateDirectory(_folder.File(below));
        File.WriteAllBytes(_folder.File(below + name), [0x80, 2, (byte)'}', (byte)'q', 1, (byte)'(']);
        foreach (string path in (string[])[_folder.Path, _folder.File(below + name)])
        {
            FluentActions.Invoking(() => LabelledImages.FromFile(path)).Should().Throw<InvalidDataException>()
                .WithMessage("*is a Python pickle*fetch the binary version (cifar-10-binary.tar.gz or cifar-100-binary.tar.gz*");
            FluentActions.Invoking(() => ProbeImages.FromFile(path)).Should().Throw<InvalidDataException>().WithMessage("*is a Python pickle*");
        }
    }

    [Fact]
    public void FromFile_AnArchive_SaysHowToUnpackIt()
    {
        string path = _folder.File("cifar-10-binary.tar.gz");
        File.WriteAllBytes(path, [0x1F, 0x8B, 8]);
        FluentActions.Invoking(() => LabelledImages.FromFile(path)).Should().Throw<InvalidDataException>().WithMessage($"'{path}' is a tar archive: unpack it (tar -xf '{path}')*");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FromIdx_ReadsImagesAndLabels(bool compressed)
    {
        string ending = compressed ? ".gz" : "";
        string images = Write($"train-images-idx3-ubyte{ending}", [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        string labels = Write($"train-labels-idx1-ubyte{ending}", [2], [7, 1]);
        foreach (LabelledImages read in (LabelledImages[])[LabelledImages.FromIdx(images, labels), LabelledImages.FromIdx(images), LabelledImages.FromFile(images), LabelledImages.FromFile(_folder.Path)])
        {
            read.Shape.Should().Be(new NetworkShape { Classes = 10, Channels = 1, Height = 2, Width = 3 });
            read.Labels.Should().Equal(7, 1);
            read.PixelsOf(1).ToArray().Should().Equal(7, 8, 9, 10, 11, 12);
            read.Normalization.Mean[0].Should().BeApproximately(6.5 / 255, 1e-12);
        }
    }

    [Fact]
    public void FromIdx_MoreClassesThanTen_AreCounted()
    {
        Write("a-images-idx3-ubyte", [1, 1, 1], [0]);
        Write("a-labels-idx1-ubyte", [1], [46]);
        LabelledImages.FromIdx(_folder.File("a-images-idx3-ubyte")).Shape.Classes.Should().Be(47);
    }

    [Fact]
    public void FromIdx_WhatIsWrong_IsSaid()
    {
        string images = Write("images", [2, 1, 1], [0, 0]), labels = Write("labels", [2], [0, 1]), three = Write("three", [3], [0, 1, 2]);
        Error(labels, images).Should().Contain("Are the files of images and of labels exchanged?");
        Error(images, three).Should().Contain("2 images").And.Contain("3 labels").And.Contain("belong together");
        Error(Write("cut", [2, 1, 1], [0]), labels).Should().Contain("'" + _folder.File("cut") + "' is cut short");
        Error(Write("long", [2, 1, 1], [0, 0, 0]), labels).Should().Contain("is longer than its dimensions 2x1x1 say");
        Error(Write("huge", [int.MaxValue, 1000, 1000], [0]), labels).Should().Contain("more than 2 GB");
        Error(Write("large", [1_000_000_000, 2, 1], [0]), labels).Should().Contain("is cut short", "and takes no memory for what it says");
        Error(Write("negative", [-5, 1, 1], [0]), labels).Should().Contain("damaged");
        File.WriteAllText(_folder.File("text"), "hello");
        Error(_folder.File("text"), labels).Should().Contain("is not in the IDX layout of MNIST");
        byte[] packed = File.ReadAllBytes(Write("packed.gz", [2, 1, 1], [0, 0]));
        File.WriteAllBytes(_folder.File("packed.gz"), packed[..^9]);
        Error(_folder.File("packed.gz"), labels).Should().Contain("its gzip is");
        string alone = Write("alone-images", [1, 1, 1], [0]);
        FluentActions.Invoking(() => LabelledImages.FromIdx(alone)).Should().Throw<FileNotFoundException>().WithMessage("*labels*name the file of the labels.");
    }

    private static string Error(string images, string labels) =>
        FluentActions.Invoking(() => LabelledImages.FromIdx(images, labels)).Should().Throw<InvalidDataException>().Which.Message;

    private string Write(string name, int[] sizes, byte[] values)
    {
        byte[] content = new byte[4 + 4 * sizes.Length + values.Length];
        content[2] = 8;
        content[3] = (byte)sizes.Length;
        foreach ((int index, int size) in sizes.Index())
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4 + 4 * index), size);
        }

        values.CopyTo(content.AsSpan(4 + 4 * sizes.Length));
        string path = _folder.File(name);
        using Stream file = File.Create(path);
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(content);
        return path;
    }
}

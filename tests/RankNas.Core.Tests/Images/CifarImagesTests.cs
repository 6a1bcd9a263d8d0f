using CsCheck;
using RankNas.Graphs;
using RankNas.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public sealed class CifarImagesTests : IDisposable
{
    private static readonly double[] Mean10 = [125.3, 123.0, 113.9];
    private static readonly double[] Deviation10 = [63.0, 62.1, 66.7];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromCifar10_RealFile_SaysWhatItIs()
    {
        var images = ProbeImages.FromCifar10(TestData.Path("cifar10-train-400.bin"));

        images.Description.Should().Be("CIFAR-10, 400 images from cifar10-train-400.bin");
        images.Shape.Should().Be(new NetworkShape { Classes = 10 });
        images.Count.Should().Be(400);
        images.IsSynthetic.Should().BeFalse();
    }

    [Fact]
    public void FromCifar10_RealFile_IsNormalised()
    {
        var images = ProbeImages.FromCifar10(TestData.Path("cifar10-train-400.bin"));

        using Tensor batch = images.Take(400, ScalarType.Float64);

        batch.mean().item<double>().Should().BeApproximately(0, 0.1);
        batch.std().item<double>().Should().BeApproximately(1, 0.1);
    }

    [Fact]
    public void FromCifar10_AnyRecords_GivesTheirBytesAndLabelsBack() =>
        Gen.Select(Gen.Byte[0, 9].Array[1, 4], Gen.Int).Sample((labels, seed) =>
        {
            string path = CifarFileWriter.Write(_folder.File($"{Guid.NewGuid()}.bin"), seed, [.. labels.Select(label => new[] { label })]);
            byte[] bytes = File.ReadAllBytes(path);
            var images = ProbeImages.FromCifar10(path);
            using Tensor batch = images.Take(labels.Length, ScalarType.Float64);
            using Tensor taken = images.TakeLabels(labels.Length)!;

            double[] values = batch.contiguous().data<double>().ToArray();
            for (int position = 0; position < values.Length; position++)
            {
                (int image, int offset) = Math.DivRem(position, CifarFileWriter.ImageSize);
                int channel = offset / 1024;
                double expected = bytes[image * 3073 + 1 + offset];
                if (Math.Abs(values[position] * Deviation10[channel] + Mean10[channel] - expected) > 1e-9)
                {
                    return false;
                }
            }

            return taken.data<long>().ToArray().SequenceEqual(labels.Select(label => (long)label)) && taken.dtype == ScalarType.Int64;
        }, iter: 20, threads: 1);

    [Fact]
    public void Take_FewerThanThereAre_GivesTheFirstOnes()
    {
        var images = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [1], [2], [3]));
        using Tensor all = images.Take(3);
        using Tensor two = images.Take(2);

        two.Equals(all[..2]).Should().BeTrue();
    }

    [Fact]
    public void Take_Default_IsChannelsLastInFloat32OnTheCpu()
    {
        var images = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [1], [2]));
        using Tensor batch = images.Take(2);

        batch.shape.Should().Equal(2, 3, 32, 32);
        batch.stride().Should().Equal(3 * 32 * 32, 1, 32 * 3, 3);
        batch.dtype.Should().Be(ScalarType.Float32);
        batch.device_type.Should().Be(DeviceType.CPU);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void Take_AnyPrecision_RoundsTheDoubleValuesOnce(ScalarType dtype)
    {
        var images = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [1]));
        using Tensor exact = images.Take(1, ScalarType.Float64);
        using Tensor rounded = images.Take(1, dtype);

        rounded.dtype.Should().Be(dtype);
        rounded.stride().Should().Equal(exact.stride());
        rounded.Equals(exact.to(dtype)).Should().BeTrue();
    }

    [Fact]
    public void Take_InsideADisposeScope_LeavesNothingBehind()
    {
        var images = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [1]));
        using DisposeScope scope = NewDisposeScope();

        images.Take(1, ScalarType.Float64);
        images.TakeLabels(1);

        scope.DisposablesCount.Should().Be(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin")]
    public void FromCifar10_Folder_ReadsTrainingBatchesInOrder(string inside)
    {
        string folder = Directory.CreateDirectory(_folder.File(inside)).FullName;
        CifarFileWriter.Write(Path.Combine(folder, "test_batch.bin"), 0, [9]);
        CifarFileWriter.Write(Path.Combine(folder, "data_batch_2.bin"), 2, [3], [4]);
        CifarFileWriter.Write(Path.Combine(folder, "data_batch_1.bin"), 1, [1], [2]);
        CifarFileWriter.Write(Path.Combine(folder, "data_batch_6.bin"), 1, [7]);

        var images = ProbeImages.FromCifar10(_folder.Path);
        using Tensor labels = images.TakeLabels(3)!;
        using Tensor all = images.Take(4);
        using Tensor second = ProbeImages.FromCifar10(Path.Combine(folder, "data_batch_2.bin")).Take(2);

        images.Count.Should().Be(4);
        labels.data<long>().ToArray().Should().Equal(1, 2, 3);
        all[2..].Equals(second).Should().BeTrue();
    }

    [Fact]
    public void FromCifar10_FolderWithoutTrainingBatches_ReadsTheTestBatch()
    {
        CifarFileWriter.Write(_folder.File("test_batch.bin"), 0, [9]);

        ProbeImages.FromCifar10(_folder.Path).Count.Should().Be(1);
    }

    [Fact]
    public void FromCifar100_RealFileWithOneLabelByte_IsToldByItsSize()
    {
        var images = ProbeImages.FromCifar100(TestData.Path("cifar100-20-fine-labels.bin"));
        using Tensor labels = images.TakeLabels(20)!;
        using Tensor batch = images.Take(20, ScalarType.Float64);

        images.Shape.Classes.Should().Be(100);
        images.Count.Should().Be(20);
        labels.data<long>().ToArray()[..4].Should().Equal(49, 33, 72, 51);
        batch[0, 0, 0, 0].item<double>().Should().BeApproximately((0xC7 - 129.3) / 68.2, 1e-12);
    }

    [Theory]
    [InlineData("train.bin")]
    [InlineData("test.bin")]
    public void FromCifar100_OfficialFolder_GivesFineLabels(string name)
    {
        CifarFileWriter.Write(_folder.File(name), 1, [19, 99], [0, 42]);
        byte[] bytes = File.ReadAllBytes(_folder.File(name));

        var images = ProbeImages.FromCifar100(_folder.Path);
        using Tensor labels = images.TakeLabels(2)!;
        using Tensor batch = images.Take(2, ScalarType.Float64);

        labels.data<long>().ToArray().Should().Equal(99, 42);
        batch[1, 2, 31, 31].item<double>().Should().BeApproximately((bytes[^1] - 112.4) / 70.4, 1e-12);
    }

    [Fact]
    public void FromCifar100_SizeThatFitsBoth_AsksWhich()
    {
        string path = CifarFileWriter.WriteEmptyRecords(_folder.File("a.bin"), 3073 * 3074);

        FluentActions.Invoking(() => ProbeImages.FromCifar100(path))
            .Should().Throw<InvalidDataException>().WithMessage("*Cifar100Labels.CoarseAndFine or Cifar100Labels.FineOnly*");
        ProbeImages.FromCifar100(path, Cifar100Labels.CoarseAndFine).Count.Should().Be(3073);
        ProbeImages.FromCifar100(path, Cifar100Labels.FineOnly).Count.Should().Be(3074);
    }

    [Theory]
    [InlineData("data_batch_1.bin", 3073, 10)]
    [InlineData("test_batch.bin", 3073, 10)]
    [InlineData("my-cifar10.bin", 3073, 10)]
    [InlineData("CIFAR-10-some.bin", 3073, 10)]
    [InlineData("anything.bin", 3073, 10)]
    [InlineData("train.bin", 3074, 100)]
    [InlineData("test.bin", 3074, 100)]
    [InlineData("anything.bin", 3074, 100)]
    [InlineData("cifar100-some.bin", 3073, 100)]
    [InlineData("cifar-100-some.bin", 3074, 100)]
    public void FromFile_NameAndSize_TellWhichItIs(string name, int recordSize, int classes)
    {
        string path = CifarFileWriter.WriteEmptyRecords(_folder.File(name), recordSize * 2);

        var images = ProbeImages.FromFile(path);

        images.Shape.Classes.Should().Be(classes);
        images.Count.Should().Be(2);
    }

    [Theory]
    [InlineData("data_batch_3.bin", 3073, 10)]
    [InlineData("test_batch.bin", 3073, 10)]
    [InlineData("train.bin", 3074, 100)]
    [InlineData("test.bin", 3074, 100)]
    public void FromFile_Folder_IsToldByItsFiles(string name, int recordSize, int classes)
    {
        CifarFileWriter.WriteEmptyRecords(_folder.File(name), recordSize);

        ProbeImages.FromFile(_folder.Path).Shape.Classes.Should().Be(classes);
    }

    [Fact]
    public void FromFile_FolderWithBoth_AsksWhich()
    {
        CifarFileWriter.WriteEmptyRecords(_folder.File("data_batch_1.bin"), 3073);
        CifarFileWriter.WriteEmptyRecords(_folder.File("train.bin"), 3074);

        FluentActions.Invoking(() => ProbeImages.FromFile(_folder.Path))
            .Should().Throw<InvalidDataException>().WithMessage("*both*name the folder or the file*");
    }

    [Fact]
    public void FromFile_NothingThere_SaysWhatToGive() =>
        FluentActions.Invoking(() => ProbeImages.FromFile(_folder.File("no.bin")))
            .Should().Throw<FileNotFoundException>().WithMessage("There is no file or folder '*no.bin': give a CIFAR binary file or the folder*");

    [Fact]
    public void FromFile_FolderWithoutBatches_SaysWhichFilesItLooksFor() =>
        FluentActions.Invoking(() => ProbeImages.FromFile(_folder.Path))
            .Should().Throw<FileNotFoundException>().WithMessage("*neither data_batch_1.bin to data_batch_5.bin nor test_batch.bin*unpack*");

    [Fact]
    public void FromFile_FolderWithOtherFiles_NamesThem()
    {
        CifarFileWriter.WriteEmptyRecords(_folder.File("cifar10-some.bin"), 3073);

        FluentActions.Invoking(() => ProbeImages.FromFile(_folder.Path))
            .Should().Throw<FileNotFoundException>().WithMessage("*name one of its files (cifar10-some.bin).");
    }

    [Theory]
    [InlineData(0, "*is empty*")]
    [InlineData(3073 * 2 - 1, "*6145 bytes*3073*cut short*")]
    [InlineData(100, "*100 bytes*3073*")]
    public void FromFile_WrongSize_SaysSo(int bytes, string message)
    {
        string path = CifarFileWriter.WriteEmptyRecords(_folder.File("cifar10.bin"), bytes);

        FluentActions.Invoking(() => ProbeImages.FromFile(path)).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void FromCifar10_FileOfCifar100_SaysWhatToCall()
    {
        string path = CifarFileWriter.WriteEmptyRecords(_folder.File("a.bin"), 3074);

        FluentActions.Invoking(() => ProbeImages.FromCifar10(path)).Should().Throw<InvalidDataException>().WithMessage("*FromCifar100*");
    }

    [Fact]
    public void FromCifar10_OneBatchCutShort_NamesIt()
    {
        CifarFileWriter.WriteEmptyRecords(_folder.File("data_batch_1.bin"), 3073);
        CifarFileWriter.WriteEmptyRecords(_folder.File("data_batch_2.bin"), 3000);

        FluentActions.Invoking(() => ProbeImages.FromCifar10(_folder.Path)).Should().Throw<InvalidDataException>().WithMessage("*data_batch_2.bin*");
    }

    [Fact]
    public void FromFile_NotAllowedToRead_SaysSo()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Whoever runs this test may read every file.");
            return;
        }

        string path = CifarFileWriter.WriteEmptyRecords(_folder.File("a.bin"), 3073);
        File.SetUnixFileMode(path, UnixFileMode.None);

        FluentActions.Invoking(() => ProbeImages.FromFile(path)).Should().Throw<UnauthorizedAccessException>().WithMessage("*may not be read*");
    }

    [Fact]
    public void Take_LabelOutOfRange_SaysWhichAndWhatElseItMayBe()
    {
        var images = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [3], [10]));

        FluentActions.Invoking(() => images.Take(1)).Should().NotThrow();
        FluentActions.Invoking(() => images.Take(2))
            .Should().Throw<InvalidDataException>().WithMessage("Image 1 of *label 10, but CIFAR-10 has 0 to 9*FromCifar100*");
    }

    [Theory]
    [InlineData(20, 0)]
    [InlineData(0, 100)]
    public void Take_CoarseOrFineLabelOutOfRange_IsAnError(byte coarse, byte fine)
    {
        var images = ProbeImages.FromCifar100(CifarFileWriter.Write(_folder.File("train.bin"), 1, [coarse, fine]));

        FluentActions.Invoking(() => images.TakeLabels(1)).Should().Throw<InvalidDataException>().WithMessage("*CIFAR-100*");
    }

    [Fact]
    public void Take_MoreThanThereAre_NamesBothNumbers()
    {
        var images = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [3], [1]));

        FluentActions.Invoking(() => images.Take(128)).Should().Throw<ArgumentException>().WithMessage("*128*only 2*");
        FluentActions.Invoking(() => images.Fingerprint(3)).Should().Throw<ArgumentException>().WithMessage("*3*only 2*");
        FluentActions.Invoking(() => images.Take(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Take_FileGoneOrShortened_SaysSo()
    {
        string path = CifarFileWriter.Write(_folder.File("a.bin"), 1, [3], [1]);
        var images = ProbeImages.FromCifar10(path);

        CifarFileWriter.WriteEmptyRecords(path, 4000);
        FluentActions.Invoking(() => images.Take(2)).Should().Throw<InvalidDataException>().WithMessage("*shorter*");
        File.Delete(path);
        FluentActions.Invoking(() => images.Take(1)).Should().Throw<FileNotFoundException>().WithMessage("*no longer there*");
    }

    [Fact]
    public void Take_FromAFullDataSet_ReadsOnlyWhatItNeeds()
    {
        for (int batch = 1; batch <= 5; batch++)
        {
            CifarFileWriter.WriteEmptyRecords(_folder.File($"data_batch_{batch}.bin"), 3073 * 10_000);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        var images = ProbeImages.FromCifar10(_folder.Path);
        using Tensor batchOf128 = images.Take(128);

        images.Count.Should().Be(50_000);
        images.Description.Should().StartWith("CIFAR-10, 50,000 images from ");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(8_000_000);
    }

    [Theory]
    [MemberData(nameof(SpecialFiles.Kinds), MemberType = typeof(SpecialFiles))]
    public void FromFile_NoFile_IsRefusedAtOnce(string kind)
    {
        Assert.SkipWhen(kind == "folder", "A folder is searched for its files.");
        string path = SpecialFiles.Create(_folder, kind);
        foreach (Func<string, ProbeImages> open in (Func<string, ProbeImages>[])[ProbeImages.FromFile, ProbeImages.FromCifar10, path => ProbeImages.FromCifar100(path)])
        {
            FluentActions.Invoking(() => open(path)).Should().Throw<InvalidDataException>().WithMessage("*, not a file: name a CIFAR binary file*");
        }
    }

    [Fact]
    public void FromFile_FolderWithAPipeForABatch_IsRefusedAtOnce()
    {
        SpecialFiles.Create(_folder, "pipe", "data_batch_1.bin");
        FluentActions.Invoking(() => ProbeImages.FromFile(_folder.Path)).Should().Throw<InvalidDataException>().WithMessage("*data_batch_1.bin' is a pipe, not a file*");
    }

    [Fact]
    public void Take_FileThatGrew_IsRefused()
    {
        string path = CifarFileWriter.Write(_folder.File("some.bin"), 1, [[1], [2]]);
        var images = ProbeImages.FromCifar10(path);
        File.AppendAllText(path, "more");
        FluentActions.Invoking(() => images.Take(2)).Should().Throw<InvalidDataException>().WithMessage("*longer since it was opened: leave the images in place*");
    }

    [Fact]
    public void FromCifar10_MoreImagesThanCanBe_IsRefusedUnread()
    {
        using (FileStream file = File.Create(_folder.File("some.bin")))
        {
            file.SetLength(3073L * (1L << 31));
        }

        FluentActions.Invoking(() => ProbeImages.FromCifar10(_folder.File("some.bin"))).Should().Throw<InvalidDataException>()
            .WithMessage("*has 2147483648 images, and 2147483647 are the most*");
    }
}

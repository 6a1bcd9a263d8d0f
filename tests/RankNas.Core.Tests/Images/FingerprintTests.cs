using RankNas.Images;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public sealed class FingerprintTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Both as a Python program computes them from the documented rules.
    [Fact]
    public void Fingerprint_RealImages_NeverChanges() =>
        ProbeImages.FromCifar10(TestData.Path("cifar10-train-400.bin")).Fingerprint(128).Should().Be("0770f7060d83d1de30de40baecd31fe6");

    [Fact]
    public void Fingerprint_SyntheticImages_NeverChanges() =>
        ProbeImages.Synthetic(seed: 1).Fingerprint(128).Should().Be("ff01c7fae58d1a293fdc7a6ed2c04583");

    [Fact]
    public void Fingerprint_SameImagesElsewhere_IsTheSame()
    {
        string one = CifarFileWriter.Write(_folder.File("a.bin"), 1, [3], [1]);
        File.Copy(one, _folder.File("data_batch_4.bin"));

        ProbeImages.FromFile(_folder.Path).Fingerprint(2).Should().Be(ProbeImages.FromFile(one).Fingerprint(2));
    }

    [Fact]
    public void Fingerprint_ImagesThatAreNotUsed_DoNotCount()
    {
        var two = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [3], [1]));
        var one = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("b.bin"), 1, [3]));

        two.Fingerprint(1).Should().Be(one.Fingerprint(1)).And.NotBe(two.Fingerprint(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3072)]
    public void Fingerprint_OneByteChanged_IsAnother(int position)
    {
        string path = CifarFileWriter.Write(_folder.File("a.bin"), 1, [3]);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[position] ^= 1;
        string changed = _folder.File("b.bin");
        File.WriteAllBytes(changed, bytes);

        ProbeImages.FromCifar10(changed).Fingerprint(1).Should().NotBe(ProbeImages.FromCifar10(path).Fingerprint(1));
    }

    [Fact]
    public void Fingerprint_SameValuesInATensor_IsTheSame()
    {
        var images = ProbeImages.FromCifar10(CifarFileWriter.Write(_folder.File("a.bin"), 1, [3], [1]));
        using Tensor batch = images.Take(2, ScalarType.Float64);
        using Tensor labels = images.TakeLabels(2)!;

        ProbeImages.FromTensor(batch, labels, classes: 10).Fingerprint(2).Should().Be(images.Fingerprint(2));
        ProbeImages.FromTensor(batch, classes: 10).Fingerprint(2).Should().NotBe(images.Fingerprint(2));
        ProbeImages.FromTensor(batch, labels).Fingerprint(2).Should().NotBe(images.Fingerprint(2));
    }
}

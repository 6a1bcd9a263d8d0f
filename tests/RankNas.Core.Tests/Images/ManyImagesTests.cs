using RankNas.Graphs;
using RankNas.Images;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public sealed class ManyImagesTests : IDisposable
{
    // More than are read at a time.
    private const int Half = 700;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_AllOfSeveralFiles_GivesEachFilesImagesInOrder()
    {
        using var scope = NewDisposeScope();
        string[] paths = [.. Enumerable.Range(1, 2).Select(number => CifarFileWriter.Write(
            _folder.File($"data_batch_{number}.bin"), number, [.. Enumerable.Range(0, Half).Select(image => new[] { (byte)(image * number % 10) })]))];
        var all = ProbeImages.FromCifar10(_folder.Path);

        Tensor images = all.Take(2 * Half);
        Tensor labels = all.TakeLabels(2 * Half)!;

        for (int file = 0; file < 2; file++)
        {
            var one = ProbeImages.FromCifar10(paths[file]);
            images.narrow(0, file * Half, Half).eq(one.Take(Half)).all().item<bool>().Should().BeTrue();
            labels.narrow(0, file * Half, Half).eq(one.TakeLabels(Half)!).all().item<bool>().Should().BeTrue();
        }

        ProbeImages.FromTensor(images.to(ScalarType.Float32), labels, 10).Take(2 * Half).eq(images).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Take_ManySyntheticImages_GoOnWhereAFewEnd()
    {
        using var scope = NewDisposeScope();
        var images = ProbeImages.Synthetic(shape: new NetworkShape { Channels = 1, Height = 4, Width = 4, Classes = 7 }, count: 2 * Half);
        Tensor all = images.Take(2 * Half);

        all.narrow(0, 1020, 8).unique(dim: 0).output.shape[0].Should().Be(8, "no image comes twice");
        images.TakeLabels(2 * Half)!.data<long>().Should().Equal(Enumerable.Range(0, 2 * Half).Select(image => (long)image % 7));
    }
}

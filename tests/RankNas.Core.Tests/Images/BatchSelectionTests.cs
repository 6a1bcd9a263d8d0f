using CsCheck;
using RankNas.Core.Tests.Support;
using RankNas.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public sealed class BatchSelectionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_ImagesSortedByClass_HasAllClassesInEveryPart()
    {
        (long[] labels, _) = Take([.. Enumerable.Range(0, 1000).Select(image => (long)image / 100)], 40);

        labels.Take(10).Should().BeEquivalentTo(Enumerable.Range(0, 10));
        labels.CountBy(label => label).Should().OnlyContain(pair => pair.Value == 4);
    }

    [Fact]
    public void Take_ImagesSortedByClass_KeepsTheSharesOfUnequalClasses()
    {
        (long[] labels, _) = Take([.. Enumerable.Repeat(0L, 600), .. Enumerable.Repeat(1L, 300), .. Enumerable.Repeat(2L, 100)], 20);

        labels.CountBy(label => label).Should().BeEquivalentTo(new Dictionary<long, int> { [0] = 12, [1] = 6, [2] = 2 });
    }

    [Fact]
    public void Take_ImagesSortedByClass_SpreadsOverAClass()
    {
        (_, int[] places) = Take([.. Enumerable.Range(0, 400).Select(image => (long)image / 200)], 8);

        places.Should().Equal(25, 225, 75, 275, 125, 325, 175, 375);
    }

    [Fact]
    public void Take_ShuffledImages_AreTheFirstOnes()
    {
        long[] labels = [.. Enumerable.Range(0, 1000).Select(image => (long)image % 10)];
        new Random(5).Shuffle(labels);

        foreach (int batchSize in Enumerable.Range(1, 300))
        {
            Take(labels, batchSize).Places.Should().Equal(Enumerable.Range(0, batchSize));
        }
    }

    [Fact]
    public void Take_RealImages_AreTheFirstOnes()
    {
        byte[] file = File.ReadAllBytes(TestData.Path("cifar10-train-400.bin"));
        var images = ProbeImages.FromCifar10(TestData.Path("cifar10-train-400.bin"));

        foreach (int batchSize in (int[])[2, 4, 8, 16, 32, 64, 100, 128, 256])
        {
            using Tensor labels = images.TakeLabels(batchSize)!;
            labels.data<long>().Should().Equal(Enumerable.Range(0, batchSize).Select(image => (long)file[image * 3073]));
        }
    }

    [Fact]
    public void Take_OfShuffledImagesOfUnequalClasses_AreTheFirstOnes()
    {
        long[] labels = [.. Enumerable.Range(0, 1000).Select(image => image % 20 == 0 ? 1L : 0L)];
        new Random(5).Shuffle(labels);

        Take(labels, 128).Places.Should().Equal(Enumerable.Range(0, 128));
    }

    [Fact]
    public void Take_All_KeepsTheirOrder() =>
        Take([.. Enumerable.Range(0, 100).Select(image => (long)image / 10)], 100).Places.Should().Equal(Enumerable.Range(0, 100));

    [Fact]
    public void Take_AnySortedLabels_GivesDifferentImagesWithTheirOwnLabels() =>
        Gen.Select(Gen.Int[2, 12], Gen.Int[1, 60], Gen.Int[4, 50]).Sample((classes, each, batchSize) =>
        {
            long[] all = [.. Enumerable.Range(0, classes * each).Select(image => (long)image / each)];
            int size = Math.Min(batchSize, all.Length);
            (long[] labels, int[] places) = Take(all, size);
            return places.Length == size && places.Distinct().Count() == size && labels.SequenceEqual(places.Select(place => all[place]))
                && (size < 5 * classes || size == all.Length || labels.Distinct().Count() == classes);
        }, iter: 60, threads: 1);

    [Fact]
    public void TakeAndFingerprint_OfTheSameBatch_Agree()
    {
        using DisposeScope scope = NewDisposeScope();
        ProbeImages images = Sorted(60, 10);

        var taken = ProbeImages.FromTensor(images.Take(16, ScalarType.Float64), images.TakeLabels(16), classes: images.Shape.Classes);

        taken.Fingerprint(16).Should().Be(images.Fingerprint(16));
    }

    [Fact]
    public void TakeLabels_SortedFile_HasAllClasses()
    {
        string path = CifarFileWriter.Write(_folder.File("a.bin"), 1, [.. Enumerable.Range(0, 60).Select(image => new[] { (byte)(image / 6) })]);
        using DisposeScope scope = NewDisposeScope();
        var images = ProbeImages.FromCifar10(path);

        images.TakeLabels(20)!.data<long>().Distinct().Should().HaveCount(10);
        images.Take(20)[0].eq(images.Take(60)[1]).all().item<bool>().Should().BeTrue("it is the one a quarter down its class of six");
    }

    [Fact]
    public void TakeLabels_MillionClasses_TakesNoMemoryForThem()
    {
        using Tensor pixels = zeros(8, 1, 2, 2);
        using Tensor labels = tensor((long[])[5, 5, 5, 5, 5, 5, 999_999, 5]);
        var images = ProbeImages.FromTensor(pixels, labels);

        long before = GC.GetAllocatedBytesForCurrentThread();
        using Tensor? taken = images.TakeLabels(6);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
    }

    [Fact]
    public async Task RunAsync_SortedImages_SaysHowTheyWereDrawn()
    {
        SearchResult result = await NasBuilder.Create().UseSpace(new TinySpace()).UseStrategy(new TakeFirst()).AddProxy(FunctionProxy.Parameters())
            .UseImages(Sorted(60, 10)).WithBatchSize(16).WithBudget(2).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Images.Description.Should().StartWith("mine; 16 of them spread over the classes");
        result.Notices.Should().BeEmpty();
    }

    private static ProbeImages Sorted(int count, int classes)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] labels = [.. Enumerable.Range(0, count).Select(image => (long)image * classes / count)];
        using var generator = new Generator(7);
        return ProbeImages.FromTensor(randn([count, 3, 8, 8], generator: generator), tensor(labels), description: "mine");
    }

    // Images whose pixels are their places.
    private static (long[] Labels, int[] Places) Take(long[] all, int batchSize)
    {
        using DisposeScope scope = NewDisposeScope();
        var images = ProbeImages.FromTensor(arange(all.Length, dtype: ScalarType.Float32).reshape(-1, 1, 1, 1), tensor(all));
        return (images.TakeLabels(batchSize)!.data<long>().ToArray(), [.. images.Take(batchSize).data<float>().Select(place => (int)place)]);
    }
}

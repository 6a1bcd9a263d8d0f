using RankNas.Graphs;
using RankNas.Images;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public class ShuffledImagesTests
{
    private static readonly ProbeImages Images = ProbeImages.Synthetic(shape: new NetworkShape { Height = 4, Width = 4 }, count: 60);

    [Fact]
    public void Shuffle_HasTheSameImagesWithTheirLabelsInAnotherOrder()
    {
        ProbeImages shuffled = Images.Shuffle(7);
        (double, long)[] all = Firsts(Images, 60), other = Firsts(shuffled, 60);
        other.Should().BeEquivalentTo(all);
        other.Should().NotEqual(all);
        (shuffled.Count, shuffled.Shape, shuffled.IsSynthetic).Should().Be((60, Images.Shape, true));
        shuffled.Description.Should().Be($"{Images.Description}, shuffled by seed 7");
    }

    [Fact]
    public void Shuffle_ABatch_DependsOnTheSeedAlone()
    {
        string[] fingerprints = [.. Enumerable.Range(0, 5).Select(seed => Images.Shuffle(seed).Fingerprint(16))];
        fingerprints.Append(Images.Fingerprint(16)).Should().OnlyHaveUniqueItems();
        Images.Shuffle(3).Fingerprint(16).Should().Be(fingerprints[3]);
        Images.Resize(8).Shuffle(3).Fingerprint(16).Should().Be(Images.Shuffle(3).Resize(8).Fingerprint(16));
    }

    // Sorted by class, whose first images are of one class alone; shuffled, the first 20 are of several, and need no choice of others.
    [Fact]
    public void Shuffle_SortedImages_AreTakenInTheirNewOrder()
    {
        using Tensor pixels = randn(60, 3, 4, 4);
        using Tensor labels = arange(60, int64).div(6, RoundingMode.floor).to(int64);
        var sorted = ProbeImages.FromTensor(pixels, labels);
        using Tensor taken = sorted.Shuffle(0).TakeLabels(20)!;
        taken.data<long>().Distinct().Count().Should().BeGreaterThan(5);
        using Tensor again = sorted.Shuffle(0).TakeLabels(30)!;
        again.data<long>().Take(20).Should().Equal(taken.data<long>());
    }

    private static (double Value, long Label)[] Firsts(ProbeImages images, int count)
    {
        using Tensor pixels = images.Take(count, ScalarType.Float64);
        using Tensor labels = images.TakeLabels(count)!;
        using Tensor first = pixels.index(TensorIndex.Colon, TensorIndex.Single(0), TensorIndex.Single(0), TensorIndex.Single(0)).contiguous();
        return [.. first.data<double>().Zip(labels.data<long>())];
    }
}

using RankNas.Graphs;
using RankNas.Images;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public class SyntheticImagesTests
{
    [Fact]
    public void Synthetic_ManyImages_HaveMeanZeroAndVarianceOne()
    {
        using Tensor batch = ProbeImages.Synthetic(seed: 3).Take(512, ScalarType.Float64);

        batch.mean().item<double>().Should().BeApproximately(0, 0.08);
        batch.var().item<double>().Should().BeApproximately(1, 0.08);
    }

    [Fact]
    public void Synthetic_NeighboursAndChannels_CorrelateAsInNaturalImages()
    {
        using Tensor batch = ProbeImages.Synthetic(seed: 3).Take(512, ScalarType.Float64);
        double variance = batch.square().mean().item<double>();

        // CIFAR-10: 0.91 of neighbouring pixels, 0.75 of red and blue.
        double neighbours = (batch.narrow(3, 1, 31) * batch.narrow(3, 0, 31)).mean().item<double>() / variance;
        double channels = (batch.select(1, 0) * batch.select(1, 2)).mean().item<double>() / variance;
        neighbours.Should().BeInRange(0.85, 0.95);
        channels.Should().BeInRange(0.75, 0.9);
    }

    [Fact]
    public void Synthetic_FirstImages_DoNotDependOnHowManyThereAre()
    {
        using Tensor four = ProbeImages.Synthetic(seed: 5, count: 4).Take(4);
        using Tensor two = ProbeImages.Synthetic(seed: 5, count: 2).Take(2);

        two.Equals(four[..2]).Should().BeTrue();
        four[0].Equals(four[1]).Should().BeFalse();
    }

    [Fact]
    public void Synthetic_AnotherSeed_GivesOtherImages() =>
        ProbeImages.Synthetic(seed: 5).Fingerprint(2).Should().NotBe(ProbeImages.Synthetic(seed: 6).Fingerprint(2));

    [Theory]
    [InlineData(1, 28, 28, 7)]
    [InlineData(3, 16, 16, 120)]
    [InlineData(4, 5, 1, 2)]
    public void Synthetic_AnyShape_GivesIt(int channels, int height, int width, int classes)
    {
        var shape = new NetworkShape { Channels = channels, Height = height, Width = width, Classes = classes };
        var images = ProbeImages.Synthetic(0, shape, count: 9);
        using Tensor batch = images.Take(9);
        using Tensor labels = images.TakeLabels(9)!;

        batch.shape.Should().Equal(9, channels, height, width);
        batch.isfinite().all().item<bool>().Should().BeTrue();
        labels.data<long>().ToArray().Should().Equal(Enumerable.Range(0, 9).Select(image => (long)image % classes));
        images.IsSynthetic.Should().BeTrue();
        images.Shape.Should().Be(shape);
        images.Description.Should().Be($"synthetic images, {channels}x{height}x{width}, seed 0");
    }

    [Fact]
    public void Synthetic_NoImages_IsAnError() =>
        FluentActions.Invoking(() => ProbeImages.Synthetic(count: 0)).Should().Throw<ArgumentOutOfRangeException>();
}

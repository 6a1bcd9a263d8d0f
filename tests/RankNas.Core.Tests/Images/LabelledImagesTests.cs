using RankNas.Graphs;
using RankNas.Images;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public class LabelledImagesTests
{
    private static readonly NetworkShape Shape = new() { Classes = 3, Channels = 2, Height = 1, Width = 2 };

    // Six images; each has its number in all pixels of channel 0, and ten times that in channel 1.
    private static LabelledImages Six => LabelledImages.FromPixels(
        Enumerable.Range(1, 6).SelectMany(number => new[] { (byte)number, (byte)(10 * number), (byte)number, (byte)(10 * number) }).ToArray(), [0, 1, 0, 1, 0, 2], Shape, ["a", "b", "c"]);

    [Fact]
    public void FromPixels_KeepsWhatItIsGiven()
    {
        Six.Count.Should().Be(6);
        Six.ClassNames.Should().Equal("a", "b", "c");
        Six.ImagesByClass.Should().Equal(3, 2, 1);
        Six.PixelsOf(4).ToArray().Should().Equal(5, 50, 5, 50);
        Six.Description.Should().Be("6 images in 3 classes");
        LabelledImages.FromPixels(new byte[4], [0], Shape).ClassNames.Should().Equal("0", "1", "2");
    }

    // By hand: the mean of 1 … 6 is 3.5, and its deviation the root of 35 / 12.
    [Fact]
    public void FromPixels_MeasuresTheNormalization()
    {
        double deviation = Math.Sqrt(35d / 12);
        Six.Normalization.Mean[0].Should().BeApproximately(3.5 / 255, 1e-12);
        Six.Normalization.Mean[1].Should().BeApproximately(35 / 255d, 1e-12);
        Six.Normalization.Deviation[0].Should().BeApproximately(deviation / 255, 1e-9);
        Six.Normalization.Deviation[1].Should().BeApproximately(10 * deviation / 255, 1e-9);
        LabelledImages.FromPixels(new byte[] { 7, 7, 7, 7 }, [0], Shape).Normalization.Deviation.Should().Equal([1, 1], "a channel of one value is only shifted");
    }

    [Fact]
    public void FromPixels_WhatDoesNotMatch_IsRefused()
    {
        Refused(() => LabelledImages.FromPixels(new byte[5], [0], Shape)).Should().Contain("1 images of 2x1x2 have 4 values, and there are 5");
        Refused(() => LabelledImages.FromPixels(Array.Empty<byte>(), [], Shape)).Should().Contain("There are no images");
        Refused(() => LabelledImages.FromPixels(new byte[4], [3], Shape)).Should().Contain("A label is 3: with 3 classes they are 0 to 2");
        Refused(() => LabelledImages.FromPixels(new byte[4], [-1], Shape)).Should().Contain("A label is -1");
        Refused(() => LabelledImages.FromPixels(new byte[4], [0], Shape, ["a", "b"])).Should().Contain("There are 3 classes and 2 names");
        Refused(() => LabelledImages.FromPixels(new byte[4], [0], Shape, ["a", "b", "a"])).Should().Contain("a name of its own");
        Refused(() => LabelledImages.FromPixels(new byte[4], [0], NetworkShape.OfRows(4, 2))).Should().Contain("images have channels, height and width");
        Refused(() => LabelledImages.FromPixels(new byte[4], [0], Shape, normalization: new ImageNormalization([0], [1]))).Should().Contain("The images have 2 channels, and the normalisation has 1");
    }

    [Fact]
    public void Select_SharesPixels_AndKeepsClassesAndNormalization()
    {
        LabelledImages some = Six.Select([5, 0, 0]);
        some.Labels.Should().Equal(2, 0, 0);
        some.PixelsOf(0)[0].Should().Be(6);
        some.Select([1]).PixelsOf(0)[0].Should().Be(1, "places are those of the part");
        some.Normalization.Should().Be(Six.Normalization);
        some.MeasureNormalization().Mean[0].Should().BeApproximately(8 / 3d / 255, 1e-12);
        some.ImagesByClass.Should().Equal(2, 0, 1);
        some.Description.Should().Be("3 of 6 images in 3 classes");
        FluentActions.Invoking(() => Six.Select([])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Six.Select([6])).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Six.PixelsOf(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Six.PixelsOf(6)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Split_HoldsOutAShareOfEachClass()
    {
        LabelledImages images = Many(50, 30, 1, 2);
        (LabelledImages remaining, LabelledImages heldOut) = images.Split(0.2, 3);
        heldOut.ImagesByClass.Should().Equal(10, 6, 0, 1);
        remaining.ImagesByClass.Should().Equal(40, 24, 1, 1);
        Numbers(remaining).Concat(Numbers(heldOut)).Order().Should().Equal(Enumerable.Range(0, 83));
        Numbers(heldOut).Should().BeInAscendingOrder();
        Numbers(images.Split(0.2, 3).HeldOut).Should().Equal(Numbers(heldOut));
        Numbers(images.Split(0.2, 4).HeldOut).Should().NotEqual(Numbers(heldOut));
        images.Split(0.999, 0).Remaining.ImagesByClass.Should().Equal(1, 1, 1, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Split_AShareOutOfRange_IsRefused(double share) =>
        FluentActions.Invoking(() => Six.Split(share, 0)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Split_WithoutTwoOfAClass_IsRefused() =>
        FluentActions.Invoking(() => Six.Select([0, 1, 5]).Split(0.5, 0)).Should().Throw<InvalidOperationException>().WithMessage("No class has two images*");

    [Fact]
    public void Take_GivesNormalizedImagesInChannelsLast()
    {
        LabelledImages images = Six.WithNormalization(new ImageNormalization([0, 0.1], [1, 2]));
        (Tensor batch, Tensor labels) = images.Take([5, 0]);
        using (batch)
        using (labels)
        {
            batch.shape.Should().Equal(2, 2, 1, 2);
            batch.is_contiguous().Should().BeFalse("colours lie side by side");
            labels.data<long>().Should().Equal(2, 0);
            batch[0, 0, 0, 1].item<float>().Should().BeApproximately(6 / 255f, 1e-6f);
            batch[0, 1, 0, 1].item<float>().Should().BeApproximately((60 / 255f - 0.1f) / 2, 1e-6f);
            batch[1, 1, 0, 0].item<float>().Should().BeApproximately((10 / 255f - 0.1f) / 2, 1e-6f);
        }
    }

    [Fact]
    public void ToProbeImages_GivesTheSameValues()
    {
        (Tensor batch, Tensor labels) = Six.Take([0, 1, 2]);
        using (batch)
        using (labels)
        using (Tensor probes = Six.ToProbeImages().Take(3))
        using (Tensor probeLabels = Six.ToProbeImages().TakeLabels(3)!)
        {
            probes.allclose(batch, atol: 1e-6).Should().BeTrue();
            probeLabels.data<long>().Should().Equal(labels.data<long>());
        }
    }

    [Fact]
    public void WithNormalization_OfOtherChannels_IsRefused()
    {
        Refused(() => Six.WithNormalization(new ImageNormalization([0], [1]))).Should().Contain("2 channels");
        FluentActions.Invoking(() => Six.Normalize(new byte[3], new float[3])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Six.Normalize(new byte[4], new float[2])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Splits_DivideEveryImageOnce()
    {
        LabelledImages images = Many(50, 20);
        LabelledSplits splits = LabelledSplits.Of(images, validationShare: 0.2, testShare: 0.1, seed: 2);
        splits.Training.ImagesByClass.Should().Equal(35, 14);
        splits.Validation!.ImagesByClass.Should().Equal(10, 4);
        splits.Test!.ImagesByClass.Should().Equal(5, 2);
        Numbers(splits.Training).Concat(Numbers(splits.Validation)).Concat(Numbers(splits.Test)).Order().Should().Equal(Enumerable.Range(0, 70));
        splits.Test.Description.Should().Be("test: 7 of 70 images in 2 classes");
        splits.WithMeasuredNormalization().Test!.Normalization.Should().Be(splits.Training.MeasureNormalization());
        LabelledSplits.Of(images, 0).Should().Match<LabelledSplits>(all => all.Validation == null && all.Test == null && all.Training.Count == 70);
    }

    [Fact]
    public void Splits_WhatDoesNotBelongTogether_IsRefused()
    {
        LabelledImages images = Many(5, 5);
        Refused(() => new LabelledSplits(images, Six)).Should().Contain("the training images are");
        Refused(() => new LabelledSplits(images, images.WithNormalization(new ImageNormalization([0], [1])))).Should().Contain("WithNormalization(training.Normalization)");
        Refused(() => new LabelledSplits(images, test: LabelledImages.FromPixels(new byte[1], [0], images.Shape, ["x", "y"], images.Normalization))).Should().Contain("other names");
        FluentActions.Invoking(() => LabelledSplits.Of(images, 0.6, 0.4)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => LabelledSplits.Of(images, -0.1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    // Images of one pixel, whose value is their number; of each class so many.
    private static LabelledImages Many(params int[] ofClass)
    {
        int[] labels = [.. ofClass.SelectMany((count, label) => Enumerable.Repeat(label, count))];
        return LabelledImages.FromPixels(
            Enumerable.Range(0, labels.Length).Select(number => (byte)number).ToArray(), labels, new NetworkShape { Classes = ofClass.Length, Channels = 1, Height = 1, Width = 1 });
    }

    private static int[] Numbers(LabelledImages images) => [.. Enumerable.Range(0, images.Count).Select(index => (int)images.PixelsOf(index)[0])];

    private static string Refused(Func<object> make) => make.Should().Throw<ArgumentException>().Which.Message;
}

using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Results;

public class ImageNoticesTests
{
    private static readonly Lazy<(double[] Pixels, long[] Labels)> Normal = new(() =>
    {
        var images = ProbeImages.Synthetic(3, new NetworkShape { Height = 8, Width = 8 }, count: 40);
        using Tensor pixels = images.Take(40, ScalarType.Float64);
        using Tensor labels = images.TakeLabels(40)!;
        return (pixels.contiguous().data<double>().ToArray(), labels.data<long>().ToArray());
    });

    [Fact]
    public void Of_NormalisedImages_IsEmpty() => CodesOf((images, labels) => ProbeImages.FromTensor(images, labels)).Should().BeEmpty();

    [Fact]
    public void Of_SyntheticImages_IsEmpty() => SearchNotices.Of(ProbeImages.Synthetic(), 1).Should().BeEmpty();

    [Fact]
    public void Of_RealImages_IsEmpty()
    {
        var images = ProbeImages.FromCifar10(TestData.Path("cifar10-train-400.bin"));
        foreach (int batchSize in (int[])[2, 4, 8, 16, 32, 64, 128, 400])
        {
            SearchNotices.Of(images, batchSize).Should().BeEmpty($"the batch of {batchSize} is fit for proxies");
        }
    }

    [Theory]
    [InlineData(0.5, 0, true)]
    [InlineData(1, 0.9, true)]
    [InlineData(1, 1.1, false)]
    [InlineData(0.3, 0, false)]
    [InlineData(3.2, 0, false)]
    public void Of_ValuesScaledAndShifted_AreToldWhereTheyAreFarOff(double deviation, double mean, bool fit) =>
        CodesOf((images, labels) => ProbeImages.FromTensor((images - images.mean()) / images.std() * deviation + mean, labels))
            .Should().Equal(fit ? [] : ["images-not-normalized"]);

    [Fact]
    public void Of_PixelsOf0To255_SaysSo() =>
        NoticesOf((images, labels) => ProbeImages.FromTensor((images * 64 + 128).clamp(0, 255).round(), labels))
            .Should().ContainSingle().Which.Message.Should().Be(
                "The images' pixels go from 0 to 255, as bytes do, but proxies expect each channel to have mean 0 and deviation 1: "
                + "normalise them by (pixel / 255 − mean) / deviation.");

    [Fact]
    public void Of_PixelsOf0To1_SaysSo() =>
        NoticesOf((images, labels) => ProbeImages.FromTensor((images * 0.25 + 0.5).clamp(0, 1), labels)).Should().ContainSingle()
            .Which.Should().Match<SearchNotice>(notice => notice.Code == "images-not-normalized" && notice.Message.Contains("between 0 and 1", StringComparison.Ordinal));

    [Fact]
    public void Of_IdenticalImages_SaysNothingElse() =>
        CodesOf((images, labels) => ProbeImages.FromTensor(images[..1].expand(40, -1, -1, -1), labels)).Should().Equal("images-identical");

    [Fact]
    public void Of_EmptyImages_AreIdenticalAndNothingElse() =>
        CodesOf((images, labels) => ProbeImages.FromTensor(zeros_like(images), labels)).Should().Equal("images-identical");

    [Fact]
    public void Of_MoreImagesThanThereAre_SaysSo() => FluentActions.Invoking(() => CodesOf((images, _) =>
    {
        ImagesUsed.Of(ProbeImages.FromTensor(images), 41);
        throw new InvalidOperationException("It was taken.");
    })).Should().Throw<ArgumentException>().WithMessage("A batch of 41 images was asked for, but there are only 40*");

    [Fact]
    public void Of_OneImage_SaysThatThereIsNothingToCompare() =>
        CodesOf((images, labels) => ProbeImages.FromTensor(images[..1], labels[..1])).Should().Equal("images-too-few");

    [Fact]
    public void Of_SomeCopies_CountsThem() =>
        NoticesOf((images, labels) => ProbeImages.FromTensor(cat([images[..38], images[..2]]), labels)).Should().ContainSingle()
            .Which.Message.Should().StartWith("2 of 40 images are copies of others");

    [Fact]
    public void Of_OneClass_NamesIt() =>
        NoticesOf((images, _) => ProbeImages.FromTensor(images, full([40], 3, ScalarType.Int64), classes: 10)).Should().ContainSingle()
            .Which.Message.Should().StartWith("All 40 images are of class 3, of 10");

    [Fact]
    public void Of_OneClassWhereThereIsOneOnly_IsRight() =>
        CodesOf((images, _) => ProbeImages.FromTensor(images, zeros([40], ScalarType.Int64), classes: 1)).Should().BeEmpty();

    [Fact]
    public void Of_LabelsFromOne_SaysSubtractOne() =>
        NoticesOf((images, labels) => ProbeImages.FromTensor(images, labels + 1)).Should().ContainSingle()
            .Which.Message.Should().Be("The labels go from 1 to 10, and no image is of class 0: class indices start from 0, so subtract 1.");

    [Fact]
    public void Of_LabelsFromOneOfThreeClasses_SaysSubtractOne() =>
        CodesOf((images, labels) => ProbeImages.FromTensor(images, (labels % 2) + 1, classes: 3)).Should().Equal("labels-from-one");

    [Fact]
    public void Of_LabelsThatLackClassesButZero_IsEmpty() =>
        CodesOf((images, labels) => ProbeImages.FromTensor(images, ((labels % 2) * 4) + 1, classes: 10)).Should().BeEmpty();

    [Fact]
    public void Of_TheSecondOfTwoClassesAlone_IsOneClass_AndNoLabelFromOne() =>
        CodesOf((images, _) => ProbeImages.FromTensor(images, ones([40], ScalarType.Int64), classes: 2)).Should().Equal("images-of-one-class");

    [Theory]
    [InlineData(300)]
    [InlineData(10)]
    public void Of_PixelsFromZeroThatAreNoBytes_HaveTheirMeanAndDeviation(double largest) =>
        NoticesOf((images, labels) => ProbeImages.FromTensor((images * 64 + 128).clamp(0, 255) * (largest / 255), labels)).Should().ContainSingle()
            .Which.Message.Should().StartWith("The images' pixels have mean ");

    [Fact]
    public void Of_FewConstantImages_IsEmpty() =>
        CodesOf((images, labels) => ProbeImages.FromTensor(cat([images[..37], images[..3, .., ..1, ..1].expand(3, 3, 8, 8)]), labels)).Should().BeEmpty();

    [Fact]
    public void Of_ConstantImages_CountsThem() =>
        NoticesOf((images, labels) => ProbeImages.FromTensor(cat([images[..36], images[..4, .., ..1, ..1].expand(4, 3, 8, 8)]), labels)).Should().ContainSingle()
            .Which.Message.Should().StartWith("4 of 40 images have one value in all pixels");

    [Fact]
    public void Of_ChannelsThatMayBeLast_AsksForThem() =>
        CodesOf((images, labels) => ProbeImages.FromTensor(images.reshape(40, 12, 16, 1), labels)).Should().Equal("images-channels-last");

    [Fact]
    public async Task RunAsync_BytesAsImages_HasTheNoticeInTheResult()
    {
        using Tensor bytes = randint(256, [16, 3, 8, 8], generator: new Generator(1)).to(ScalarType.Float32);
        SearchResult result = await NasBuilder.Create().UseSpace(new TinySpace()).UseStrategy(new TakeFirst()).AddProxy(FunctionProxy.Parameters())
            .UseImages(ProbeImages.FromTensor(bytes)).WithBudget(3).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Notices.Select(notice => notice.Code).Should().Equal("images-not-normalized");
    }

    private static IEnumerable<string> CodesOf(Func<Tensor, Tensor, ProbeImages> make) => NoticesOf(make).Select(notice => notice.Code);

    private static SearchNotice[] NoticesOf(Func<Tensor, Tensor, ProbeImages> make)
    {
        using DisposeScope scope = NewDisposeScope();
        ProbeImages images = make(tensor(Normal.Value.Pixels).reshape(40, 3, 8, 8), tensor(Normal.Value.Labels));
        return [.. SearchNotices.Of(images, images.Count)];
    }
}

using CsCheck;
using RankNas.Core.Tests.Support;
using RankNas.Graphs;
using RankNas.Images;
using RankNas.SearchSpaces;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public class ResizedImagesTests
{
    // Between two pixels a quarter and three quarters of the way; beyond the outer ones, theirs.
    [Fact]
    public void Resize_TwoPixelsToFour_InterpolatesBetweenThem() => Resized([[0, 4], [8, 12]], (4, 4)).Should().Equal(
        0, 1, 3, 4,
        2, 3, 5, 6,
        6, 7, 9, 10,
        8, 9, 11, 12);

    // The triangle is two pixels wide to each side: weights 3, 3, 1 of 7.
    [Fact]
    public void Resize_FourPixelsToTwo_AveragesAllThatTheyCover()
    {
        double[] line = [7, 14, 21, 28], expected = [((3 * 7) + (3 * 14) + 21) / 7.0, (14 + (3 * 21) + (3 * 28)) / 7.0];

        ShouldBeNear(Resized([line, line, line, line], (2, 2)), [.. expected, .. expected]);
        ShouldBeNear(Resized([[7, 7, 7, 7], [14, 14, 14, 14], [21, 21, 21, 21], [28, 28, 28, 28]], (2, 2)), [expected[0], expected[0], expected[1], expected[1]]);
    }

    // PyTorch's bilinear interpolation with antialias, which is Pillow's, of sin(1.3 i).
    [Theory]
    [InlineData(3, 4, 0.15403456260383447, -0.03709409399919356, -0.0684044321616109, 0.15887741652678866, -0.0017561382350070182, 0.07706933680331512, -0.08430027555427484,
        0.0232033322184186, -0.15531277571374566, 0.09318935729365112, 0.007046097587114042, -0.1419887668499051)]
    [InlineData(2, 9, 0.030684047714005753, 0.07090160568840415, 0.058564122541019024, -0.0040788948995920645, -0.08137705910292421, -0.06595043712584567, -0.00043470883215412644,
        0.061456000630720216, 0.08746442433322697, -0.09101619161999934, -0.050743872352284856, 0.016169553832822137, 0.07372989460803232, 0.07054054615955034, -0.013025964253225988,
        -0.06655820926176445, -0.06398843600397146, -0.011399130806278704)]
    public void Resize_OddSizes_IsWhatPyTorchComputes(int height, int width, params double[] expected) =>
        ShouldBeNear(Resized([.. Enumerable.Range(0, 5).Select(row => (double[])[.. Enumerable.Range(0, 7).Select(column => Math.Sin(1.3 * ((7 * row) + column)))])], (height, width)), expected);

    [Fact]
    public void Resize_AConstant_StaysIt() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 90], Gen.Int[1, 90]).Sample(
        (height, width, newHeight, newWidth) =>
        {
            double[][] constant = [.. Enumerable.Repeat<double[]>([.. Enumerable.Repeat(-2.5, width)], height)];
            double[] resized = Resized(constant, (newHeight, newWidth));
            return resized.Length == newHeight * newWidth && resized.All(value => Math.Abs(value + 2.5) < 1e-12);
        },
        iter: 60);

    [Fact]
    public void Resize_ToTheirOwnSize_GivesTheImagesThemselves()
    {
        var images = ProbeImages.Synthetic();
        images.Resize(32).Should().BeSameAs(images);
        images.Resize((32, 31)).Should().NotBeSameAs(images);
    }

    [Fact]
    public void Resize_KeepsChannelsImagesAndLabelsApart()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mine = arange(6, dtype: ScalarType.Float64, device: CPU).reshape(3, 2, 1, 1).expand(3, 2, 4, 6);
        Tensor labels = tensor((long[])[2, 0, 1], device: CPU);
        ProbeImages images = ProbeImages.FromTensor(mine, labels, classes: 4, description: "mine").Resize((2, 3));

        images.Shape.Should().Be(new NetworkShape { Classes = 4, Channels = 2, Height = 2, Width = 3 });
        images.Count.Should().Be(3);
        images.Description.Should().Be("mine, resized from 4x6 to 2x3");
        images.HasLabels.Should().BeTrue();
        images.TakeLabels(3)!.data<long>().Should().Equal(2, 0, 1);
        Tensor batch = images.Take(3, ScalarType.Float64);
        batch.shape.Should().Equal(3, 2, 2, 3);
        batch.allclose(mine.narrow(2, 0, 2).narrow(3, 0, 3)).Should().BeTrue();
    }

    [Fact]
    public void Resize_WithoutLabels_HasNone()
    {
        using Tensor mine = zeros([2, 1, 4, 4], ScalarType.Float32, CPU);
        ProbeImages images = ProbeImages.FromTensor(mine).Resize(8);

        images.HasLabels.Should().BeFalse();
        images.TakeLabels(2).Should().BeNull();
    }

    // The batch is a stratified sample, as it is of the original.
    [Fact]
    public void Resize_ImagesSortedByClass_TakesTheSameImages()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor labels = arange(60, dtype: ScalarType.Int64, device: CPU).div(20, RoundingMode.floor).to(ScalarType.Int64);
        Tensor mine = arange(60, dtype: ScalarType.Float32, device: CPU).reshape(60, 1, 1, 1).expand(60, 1, 2, 2);
        var original = ProbeImages.FromTensor(mine, labels);
        ProbeImages images = original.Resize(3);

        images.TakeLabels(18)!.data<long>().Should().Equal(original.TakeLabels(18)!.data<long>());
        Tensor taken = images.Take(18)[.., 0, 0, 0];
        taken.allclose(original.Take(18)[.., 0, 0, 0]).Should().BeTrue();
        taken.data<float>().Should().NotEqual(Enumerable.Range(0, 18).Select(value => (float)value));
    }

    [Fact]
    public void Fingerprint_OfResizedImages_IsAnother()
    {
        var images = ProbeImages.Synthetic(count: 4);
        string[] fingerprints = [images.Fingerprint(4), images.Resize(16).Fingerprint(4), images.Resize((16, 32)).Fingerprint(4), images.Resize(16).Resize(32).Fingerprint(4)];

        fingerprints.Should().OnlyHaveUniqueItems();
        images.Resize(16).Fingerprint(4).Should().Be(fingerprints[1]);
        images.Resize(16).IsSynthetic.Should().BeTrue();
        images.Resize(16).Resize(32).Description.Should().EndWith(", resized from 32x32 to 16x16, resized from 16x16 to 32x32");
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(32, -1)]
    [InlineData(65_537, 32)]
    [InlineData(32, int.MaxValue)]
    public void Resize_ToNoSize_SaysSo(int height, int width) => ProbeImages.Synthetic().Invoking(images => images.Resize((height, width)))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("* it must be from 1 to 65,536.*");

    [Fact]
    public async Task Run_OfASpaceForImagesOfASize_ResizesThem()
    {
        using Tensor mine = NormalDraw.Of(8, 3, 12, 10);
        SearchResult result = await Search(new SizedSpace((6, 9))).UseImages(ProbeImages.FromTensor(mine, description: "mine")).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Images.Description.Should().Be("mine, resized from 12x10 to 6x9");
        result.Best!.Scores[0].Value.Should().Be(609, "the proxy saw images of 6x9");
    }

    [Fact]
    public async Task Run_OfASpaceForImagesOfASize_GeneratesThemSoWhereThereAreNone()
    {
        SearchResult result = await Search(new SizedSpace((6, 9))).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Images.IsSynthetic.Should().BeTrue();
        result.Images.Description.Should().Contain("6x9").And.NotContain("resized");
        result.Best!.Scores[0].Value.Should().Be(609);
    }

    [Fact]
    public async Task Run_OfASpaceForImagesOfAnySize_LeavesThemAlone()
    {
        SearchResult result = await Search(new SizedSpace(null)).Build().RunAsync(TestContext.Current.CancellationToken);

        result.Images.Description.Should().NotContain("resized");
        result.Best!.Scores[0].Value.Should().Be(3232);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(8, 65_537)]
    public void Build_ASpaceForImagesOfNoSize_SaysSo(int height, int width) => Search(new SizedSpace((height, width))).Invoking(search => search.Build())
        .Should().Throw<InvalidOperationException>().WithMessage($"The space 'sized' is for images of {height}x{width}: sides are from 1 to 65536.");

    private static NasBuilder Search(ISearchSpace space) => NasBuilder.Create().UseSpace(space).UseStrategy(new TakeFirst()).WithBatchSize(4).WithBudget(2)
        .AddProxy(new FunctionProxy("size", (_, batch) => (100 * batch.Images.shape[2]) + batch.Images.shape[3]));

    private static double[] Resized(double[][] image, Size2D size)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor mine = tensor([.. image.SelectMany(row => row)], dtype: ScalarType.Float64, device: CPU).reshape(1, 1, image.Length, image[0].Length);
        return [.. ProbeImages.FromTensor(mine).Resize(size).Take(1, ScalarType.Float64).contiguous().data<double>()];
    }

    private static void ShouldBeNear(double[] actual, double[] expected) =>
        actual.Zip(expected, (one, other) => Math.Abs(one - other)).Should().HaveCount(expected.Length).And.OnlyContain(difference => difference < 1e-12);

    private sealed class SizedSpace(Size2D? size) : ChoiceSearchSpace("sized", new Choice("width", 2, 4))
    {
        public override Size2D? ImageSize => size;

        public override NetworkGraph Describe(Architecture architecture, NetworkShape shape) =>
            Graph.Images(shape).Conv(NumberOf(architecture, "width"), 3).Relu().GlobalAveragePool().Linear(shape.Classes).Build();
    }
}

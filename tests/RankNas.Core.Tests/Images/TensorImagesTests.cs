using RankNas.Graphs;
using RankNas.Images;
using static TorchSharp.torch;

namespace RankNas.Core.Tests.Images;

public class TensorImagesTests
{
    [Fact]
    public void FromTensor_ChangedAfterwards_KeepsWhatItWasGiven()
    {
        using Tensor mine = arange(2 * 3 * 4 * 5, dtype: ScalarType.Float32).reshape(2, 3, 4, 5);
        using Tensor original = mine.clone();
        var images = ProbeImages.FromTensor(mine);
        mine.zero_();

        using Tensor batch = images.Take(2);

        batch.Equals(original).Should().BeTrue();
        batch.stride().Should().Equal(60, 1, 15, 3);
        images.Shape.Should().Be(new NetworkShape { Classes = 10, Channels = 3, Height = 4, Width = 5 });
        images.Description.Should().Be("a tensor of 2 images, 3x4x5");
    }

    [Fact]
    public void FromTensor_WithoutLabels_HasNone()
    {
        using Tensor mine = zeros(2, 1, 4, 4);
        var images = ProbeImages.FromTensor(mine, classes: 7, description: "mine");

        images.TakeLabels(2).Should().BeNull();
        images.HasLabels.Should().BeFalse();
        images.Shape.Classes.Should().Be(7);
        images.Description.Should().Be("mine");
    }

    [Fact]
    public void FromTensor_Labels_GiveTheClasses()
    {
        using Tensor mine = zeros(3, 1, 4, 4);
        using Tensor labels = tensor((int[])[4, 0, 2]);
        var images = ProbeImages.FromTensor(mine, labels);
        using Tensor taken = images.TakeLabels(2)!;

        images.Shape.Classes.Should().Be(5);
        taken.dtype.Should().Be(ScalarType.Int64);
        taken.data<long>().ToArray().Should().Equal(4, 0);
    }

    [Fact]
    public void FromTensor_TensorsThatDoNotFit_SaysHow()
    {
        using Tensor mine = zeros(2, 1, 4, 4);
        using Tensor infinite = full([2, 1, 4, 4], double.PositiveInfinity);
        using Tensor three = tensor((long[])[0, 1, 2]);
        using Tensor fractions = zeros(2);
        using Tensor negative = tensor((long[])[0, -1]);
        using Tensor large = tensor((long[])[0, 3]);

        Failing(() => ProbeImages.FromTensor(mine[0])).WithMessage("*[N, C, H, W]*[1, 4, 4]*");
        Failing(() => ProbeImages.FromTensor(mine.to(ScalarType.Byte))).WithMessage("*floating point*Byte*");
        Failing(() => ProbeImages.FromTensor(mine[..0])).WithMessage("*at least 1*");
        Failing(() => ProbeImages.FromTensor(infinite)).WithMessage("Image 0 has Infinity*");
        Failing(() => ProbeImages.FromTensor(mine, three)).WithMessage("*[2]*[3]*");
        Failing(() => ProbeImages.FromTensor(mine, fractions)).WithMessage("*integers*");
        Failing(() => ProbeImages.FromTensor(mine, negative)).WithMessage("*from -1 to 0*");
        Failing(() => ProbeImages.FromTensor(mine, large, classes: 3)).WithMessage("*to 3*0 to 2*");
        Failing(() => ProbeImages.FromTensor(mine, classes: 0)).WithMessage("*at least one class*");
    }

    [Theory]
    [InlineData(32, 32, 3)]
    [InlineData(24, 40, 3)]
    [InlineData(32, 32, 4)]
    [InlineData(28, 28, 1)]
    public void FromTensor_ChannelsLast_SaysPermute(int height, int width, int channels)
    {
        using Tensor mine = NormalDraw.Of(5, height, width, channels);
        using Tensor right = mine.permute(0, 3, 1, 2);

        Failing(() => ProbeImages.FromTensor(mine)).WithMessage($"*[5, {height}, {width}, {channels}]*call permute(0, 3, 1, 2) first.*");
        ProbeImages.FromTensor(right).Shape.Should().Be(new NetworkShape { Channels = channels, Height = height, Width = width });
    }

    [Theory]
    [InlineData(3, 32, 3)]
    [InlineData(1, 4, 4)]
    [InlineData(16, 100, 1)]
    [InlineData(64, 8, 8)]
    public void FromTensor_NarrowOrWithManyChannels_IsTaken(int channels, int height, int width)
    {
        using Tensor mine = NormalDraw.Of(5, channels, height, width);
        ProbeImages.FromTensor(mine).Shape.Should().Be(new NetworkShape { Channels = channels, Height = height, Width = width });
    }

    [Fact]
    public void FromTensor_OtherFormsOfWhatIsWanted_SaysWhatToCall()
    {
        using Tensor mine = NormalDraw.Of(3, 1, 4, 4);
        using Tensor oneHot = eye(3, dtype: ScalarType.Int64);
        using Tensor fromOne = tensor((long[])[1, 2, 3]);

        Failing(() => ProbeImages.FromTensor(mine.squeeze(1))).WithMessage("*[3, 4, 4]*unsqueeze(1)*");
        Failing(() => ProbeImages.FromTensor(mine.to(ScalarType.Byte))).WithMessage("*Byte: call to(float32)*");
        Failing(() => ProbeImages.FromTensor(mine, oneHot)).WithMessage("*[3, 3]*argmax(1)*");
        Failing(() => ProbeImages.FromTensor(mine, fromOne.unsqueeze(1))).WithMessage("*[3, 1]*squeeze(1)*");
        Failing(() => ProbeImages.FromTensor(mine, fromOne.to(ScalarType.Float32))).WithMessage("*Float32: call to(int64).*");
        Failing(() => ProbeImages.FromTensor(mine, fromOne - 2)).WithMessage("*from -1 to 1, but class indices start from 0.*");
        Failing(() => ProbeImages.FromTensor(mine, fromOne, classes: 3)).WithMessage("*from 1 to 3*0 to 2: subtract 1.*");
    }

    private static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Failing(Func<ProbeImages> make) =>
        make.Should().Throw<ArgumentException>();
}

using CsCheck;
using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class ConvolutionTests
{
    [Fact]
    public void ChannelsLast_Images_KeepTheirValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = randn(2, 3, 4, 5);
        Tensor pixels = TensorLayout.ChannelsLast(images);

        pixels.stride().Should().Equal(60, 1, 15, 3);
        pixels.eq(images).all().item<bool>().Should().BeTrue();
        TensorLayout.ChannelsLast(images.to(ScalarType.Float64)).stride().Should().Equal(60, 20, 5, 1);
        TensorLayout.ChannelsLast(images.flatten(1)).shape.Should().Equal(2, 60);
    }

    [Fact]
    public void Conv2d_ByPixels_IsRightForWidthsThatAreNotByChannels()
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (long channels in (long[])[24, 40, 56])
        {
            Tensor images = randn(16, channels, 8, 8);
            Tensor weight = randn(channels, channels, 3, 3);
            Difference(nn.functional.conv2d(TensorLayout.ChannelsLast(images), weight), images, weight).Should().BeLessThan(1e-5);
        }
    }

    [Fact]
    public void Conv2d_OfOneChannelOfStride1_IsRightByPixels()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = empty(21, 4, 3, 1).permute(0, 3, 1, 2).copy_(randn(21, 1, 4, 3));
        Tensor weight = randn(2, 1, 3, 3);
        images.stride().Should().Equal(12, 1, 3, 1);
        Difference(nn.functional.conv2d(TensorLayout.ChannelsLast(images), weight), images, weight).Should().BeLessThan(1e-5);
    }

    [Fact]
    public void Multiply_AnySizes_IsTheConvolution() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[1, 5]).Sample(
        (count, inChannels, outChannels, side) =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor images = randn(count, inChannels, side, side);
            Tensor weight = randn(outChannels, inChannels, 1, 1);
            return Difference(PointwiseConvolutions.Multiply(images, weight), images, weight) < 1e-5;
        }, iter: 100);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Repair_FortyChannels_AnswersRightlyWithItsGradients(bool hasBias)
    {
        using DisposeScope scope = NewDisposeScope();
        using TorchSharp.Modules.Conv2d layer = nn.Conv2d(8, 40, 1, bias: hasBias);
        Tensor images = TensorLayout.ChannelsLast(randn(16, 8, 8, 8));
        Tensor expected = nn.functional.conv2d(images.to(ScalarType.Float64), layer.weight!.to(ScalarType.Float64), layer.bias?.to(ScalarType.Float64));

        using (GradientPasses.Exclusive())
        using (PointwiseConvolutions.Repair(nn.Sequential(layer)))
        {
            Tensor actual = layer.call(images);
            ((actual.to(ScalarType.Float64) - expected).abs().max() / expected.abs().max()).item<double>().Should().BeLessThan(1e-5);
            actual.sum().backward();
        }

        Tensor gradient = images.to(ScalarType.Float64).sum([0, 2, 3]).reshape(1, 8, 1, 1).expand(40, 8, 1, 1);
        ((layer.weight!.grad!.to(ScalarType.Float64) - gradient).abs().max() / gradient.abs().max()).item<double>().Should().BeLessThan(1e-4);
    }

    [Fact]
    public void AreRight_AsksTheMachine() =>
        Enumerable.Range(1, 32).Should().OnlyContain(channels => PointwiseConvolutions.AreRight(channels), "none of these is known to be wrong anywhere");

    private static double Difference(Tensor actual, Tensor images, Tensor weight)
    {
        Tensor expected = nn.functional.conv2d(images.to(ScalarType.Float64), weight.to(ScalarType.Float64));
        return ((actual.to(ScalarType.Float64) - expected).abs().max() / expected.abs().max()).item<double>();
    }
}

using CsCheck;
using RankNas.Proxies;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class ConvolutionTests
{
    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(5, 1, true)]
    [InlineData(3, 2, true)]
    public void Repair_DilatedGroupsInBFloat16_HaveTheGradientsOfFloat32(int kernel, int step, bool hasBias)
    {
        using DisposeScope scope = NewDisposeScope();
        Conv2d layer = nn.Conv2d(8, 8, kernel, stride: step, padding: kernel - 1, dilation: 2, groups: 8, bias: hasBias);
        using IDisposable repair = CorrectConvolutions.Repair(layer);
        Tensor images = TensorLayout.ChannelsLast(randn([2, 8, 32, 32], generator: new Generator(1)).to(ScalarType.BFloat16));
        using (no_grad())
        {
            layer.weight!.copy_(randn(layer.weight.shape, generator: new Generator(2)).to(ScalarType.BFloat16));
        }

        Tensor GradientIn(ScalarType format)
        {
            layer.to(format);
            layer.zero_grad();

            // What libtorch leaves as it finds it, it finds full of large numbers.
            zeros([1 << 20]).fill_(1e30).Dispose();
            using (GradientPasses.Exclusive())
            {
                layer.call(images.to(format)).square().sum().backward();
            }

            return layer.weight!.grad!.to(ScalarType.Float64).clone();
        }

        Tensor expected = GradientIn(ScalarType.Float32), actual = GradientIn(ScalarType.BFloat16);
        (actual - expected).abs().max().item<double>().Should().BeLessThan(0.02 * expected.abs().max().item<double>());
        layer.call(images).dtype.Should().Be(ScalarType.BFloat16);
    }

    [Fact]
    public void ChannelsLast_Images_KeepTheirValues()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = NormalDraw.Of(2, 3, 4, 5);
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
            Tensor images = NormalDraw.Of(16, channels, 8, 8);
            Tensor weight = NormalDraw.Seeded(2, channels, channels, 3, 3);
            Difference(nn.functional.conv2d(TensorLayout.ChannelsLast(images), weight), images, weight).Should().BeLessThan(1e-5);
        }
    }

    [Fact]
    public void Conv2d_OfOneChannelOfStride1_IsRightByPixels()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = empty(21, 4, 3, 1).permute(0, 3, 1, 2).copy_(NormalDraw.Of(21, 1, 4, 3));
        Tensor weight = NormalDraw.Seeded(2, 2, 1, 3, 3);
        images.stride().Should().Equal(12, 1, 3, 1);
        Difference(nn.functional.conv2d(TensorLayout.ChannelsLast(images), weight), images, weight).Should().BeLessThan(1e-5);
    }

    [Fact]
    public void Multiply_AnySizes_IsTheConvolution() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[1, 5], Gen.Int).Sample(
        (count, inChannels, outChannels, side, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor images = NormalDraw.Seeded(seed, count, inChannels, side, side);
            Tensor weight = NormalDraw.Seeded(seed + 1, outChannels, inChannels, 1, 1);
            return Difference(CorrectConvolutions.Multiply(images, weight, bias: null), images, weight) < 1e-5;
        }, iter: 100);

    [Fact]
    public void Convolve_AnyConvolution_IsThatOfFloat64() => Convolutions.Sample(
        convolution =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor images, Tensor weight, Tensor? bias) = convolution.Draw();
            Tensor actual = CorrectConvolutions.Convolve(
                images, weight, bias, convolution.Stride, convolution.Padding, convolution.Dilation, convolution.Groups);
            return IsClose(actual, convolution.Precisely(images, weight, bias));
        }, iter: 1000, threads: 1);

    [Fact]
    public void Repair_AnyConvolution_IsThatOfFloat64AndItsPaddingIsPutBack() => Convolutions.Sample(
        convolution =>
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor images, Tensor weight, Tensor? bias) = convolution.Draw();
            using TorchSharp.Modules.Conv2d layer = nn.Conv2d(
                weight.shape[1] * convolution.Groups, weight.shape[0], (weight.shape[2], weight.shape[3]), convolution.Stride, convolution.Padding,
                convolution.Dilation, groups: convolution.Groups, bias: bias is not null);
            layer.weight = nn.Parameter(weight, requires_grad: false);
            layer.bias = bias is null ? null : nn.Parameter(bias, requires_grad: false);
            using (no_grad())
            using (CorrectConvolutions.Repair(layer))
            {
                IsClose(layer.call(TensorLayout.ChannelsLast(images)), convolution.Precisely(images, layer.weight, layer.bias)).Should().BeTrue();
            }

            layer.padding_mode.Should().Be(TorchSharp.PaddingModes.Zeros);
        }, iter: 300, threads: 1);

    [Fact]
    public void ReadPaddingAlone_AnyWindows_IsWhatCountingSays() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[0, 5], Gen.Int[1, 4])
            .Where(size => size.Item1 + 2 * size.Item4 >= size.Item5 * (size.Item2 - 1) + 1)
            .Sample((width, kernel, stride, padding, dilation) =>
            {
                IEnumerable<int> windows = Enumerable.Range(0, (width + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1).Select(window => window * stride - padding);
                bool expected = windows.Any(left => Enumerable.Range(0, kernel).All(element => left + element * dilation is var place && (place < 0 || place >= width)));
                CorrectConvolutions.ReadPaddingAlone(width, kernel, stride, padding, dilation).Should().Be(expected);
            }, iter: 20_000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Repair_FortyChannels_AnswersRightlyWithItsGradients(bool hasBias)
    {
        using DisposeScope scope = NewDisposeScope();
        using TorchSharp.Modules.Conv2d layer = nn.Conv2d(8, 40, 1, bias: hasBias);
        Tensor images = TensorLayout.ChannelsLast(NormalDraw.Of(16, 8, 8, 8));
        Tensor expected = nn.functional.conv2d(images.to(ScalarType.Float64), layer.weight!.to(ScalarType.Float64), layer.bias?.to(ScalarType.Float64));

        using (GradientPasses.Exclusive())
        using (CorrectConvolutions.Repair(nn.Sequential(layer)))
        {
            Tensor actual = layer.call(images);
            ((actual.to(ScalarType.Float64) - expected).abs().max() / expected.abs().max()).item<double>().Should().BeLessThan(1e-5);
            actual.sum().backward();
        }

        Tensor gradient = images.to(ScalarType.Float64).sum([0, 2, 3]).reshape(1, 8, 1, 1).expand(40, 8, 1, 1);
        ((layer.weight!.grad!.to(ScalarType.Float64) - gradient).abs().max() / gradient.abs().max()).item<double>().Should().BeLessThan(1e-4);
    }

    [Fact]
    public void ArePointwiseRight_AsksTheMachine() =>
        Enumerable.Range(1, 32).Should().OnlyContain(channels => CorrectConvolutions.ArePointwiseRight(channels), "none of these is known to be wrong anywhere");

    private static readonly Gen<Convolution> Convolutions =
        from groups in Gen.Int[1, 3]
        from count in Gen.Int[1, 8]
        from channels in Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20])
        from size in Sizes(1, 11)
        from kernel in Sizes(1, 4)
        from stride in Sizes(1, 3)
        from padding in Sizes(0, 3)
        from dilation in Sizes(1, 3)
        from hasBias in Gen.Bool
        from seed in Gen.Int
        where size.Height + 2 * padding.Height > dilation.Height * (kernel.Height - 1) && size.Width + 2 * padding.Width > dilation.Width * (kernel.Width - 1)
        select new Convolution(count, channels.Item1, channels.Item2, size, kernel, stride, padding, dilation, groups, hasBias, seed);

    private static Gen<(int Height, int Width)> Sizes(int least, int most) => Gen.Select(Gen.Int[least, most], Gen.Int[least, most], (height, width) => (height, width));

    private static bool IsClose(Tensor actual, Tensor expected) =>
        actual.shape.SequenceEqual(expected.shape) && allclose(actual.to(ScalarType.Float64), expected, rtol: 1e-5, atol: 1e-5 * Math.Max(1, expected.abs().max().item<double>()));

    private static double Difference(Tensor actual, Tensor images, Tensor weight)
    {
        Tensor expected = nn.functional.conv2d(images.to(ScalarType.Float64), weight.to(ScalarType.Float64));
        return ((actual.to(ScalarType.Float64) - expected).abs().max() / expected.abs().max()).item<double>();
    }

    private sealed record Convolution(
        int Count, int InOfGroup, int OutOfGroup, (int Height, int Width) Size, (int Height, int Width) Kernel, (int Height, int Width) Stride,
        (int Height, int Width) Padding, (int Height, int Width) Dilation, int Groups, bool HasBias, int Seed)
    {
        public (Tensor Images, Tensor Weight, Tensor? Bias) Draw() => (
            NormalDraw.Seeded(Seed, Count, InOfGroup * Groups, Size.Height, Size.Width),
            NormalDraw.Seeded(Seed + 1, OutOfGroup * Groups, InOfGroup, Kernel.Height, Kernel.Width),
            HasBias ? NormalDraw.Seeded(Seed + 2, OutOfGroup * Groups) : null);

        public Tensor Precisely(Tensor images, Tensor weight, Tensor? bias) => nn.functional.conv2d(
            images.to(ScalarType.Float64), weight.to(ScalarType.Float64), bias?.to(ScalarType.Float64), [Stride.Height, Stride.Width],
            [Padding.Height, Padding.Width], [Dilation.Height, Dilation.Width], Groups);
    }
}

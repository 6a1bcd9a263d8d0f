using System.Runtime.Intrinsics;
using CsCheck;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class WinogradKernelTests
{
    private const double LargestError = 1e-5;

    private static readonly Gen<(int Images, int In, int Out, int Height, int Width, int Seed)> Shapes =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 8], Gen.Int[1, 8], Gen.Int[1, 10], Gen.Int[1, 10], Gen.Int)
            .Select((images, inChannels, outChannels, height, width, seed) =>
                (images, 8 * inChannels, 8 * outChannels, 4 * height, 4 * width, seed));

    [Fact]
    public void Convolve_AnyShape_IsTheConvolution() => Shapes.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            (Tensor images, Conv2d layer) = Create(shape);
            Suits(images, layer).Should().Be(Vector512.IsHardwareAccelerated);
            Difference(Exact(images, layer), Convolve(images, layer)).Should().BeLessThan(LargestError);
        },
        iter: 60);

    [Fact]
    public void Convolve_RectifiedInput_IsTheConvolutionOfTheReLU() => Shapes.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            (Tensor images, Conv2d layer) = Create(shape);
            Tensor before = images.clone();
            using ConvolutionInput input = ConvolutionInput.Rectified(images);
            Difference(Exact(images.relu(), layer), LayerMath.Convolve(input, layer).Images).Should().BeLessThan(LargestError);
            input.Values.IsValueCreated.Should().Be(!Vector512.IsHardwareAccelerated);
            images.eq(before).all().item<bool>().Should().BeTrue();
        },
        iter: 40);

    [Fact]
    public void Convolve_RectifiedNaN_StaysNaN()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, Conv2d layer) = Create((1, 16, 16, 8, 8, 1));
        images.fill_(float.NaN);
        using ConvolutionInput input = ConvolutionInput.Rectified(images);
        LayerMath.Convolve(input, layer).Images.isnan().all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Convolve_TakesTheMomentsThatNormalisationWouldTake() => Shapes.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            (Tensor images, Conv2d layer) = Create(shape);
            BatchNorm2d normalization = LayerFactory.Normalization(shape.Out);
            WeightInitializer.Default.Initialize(normalization, seed: 0);
            Convolved convolved = LayerMath.Convolve(ConvolutionInput.Of(images), layer);
            (convolved.Moments is not null).Should().Be(Vector512.IsHardwareAccelerated);
            Tensor without = LayerMath.Sum([Term.Of(new Convolved(convolved.Images.clone()), normalization)]);
            Difference(without, LayerMath.Sum([Term.Of(convolved, normalization)])).Should().BeLessThan(LargestError);
        },
        iter: 40);

    [Fact]
    public void Convolve_AsWideAsABlock_IsTheConvolution()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, Conv2d layer) = Create((2, 8, 24, 8, 128, 1));
        Suits(images, layer).Should().Be(Vector512.IsHardwareAccelerated);
        Difference(Exact(images, layer), Convolve(images, layer)).Should().BeLessThan(LargestError);
    }

    [Fact]
    public void Convolve_ErrsByFewTimesWhatLibtorchDoes()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, Conv2d layer) = Create((8, 64, 64, 16, 16, 1));
        Tensor exact = Exact(images, layer);
        double own = Difference(exact, Convolve(images, layer));
        double libtorch = Difference(exact, nn.functional.conv2d(images, layer.weight, null, [1, 1], [1, 1]));
        own.Should().BeLessThan(5 * libtorch);
    }

    [Fact]
    public void Convolve_ThePixelsOutsideAnImage_AreZeros()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Conv2d layer = LayerFactory.Convolution(16, 16, kernel: 3);
        layer.weight!.fill_(1);
        Tensor sums = Convolve(TensorLayout.ChannelsLast(ones(2, 16, 4, 4)), layer)[1, 3];
        float[] expected = [64, 96, 96, 64, 96, 144, 144, 96, 96, 144, 144, 96, 64, 96, 96, 64];
        sums.data<float>().ToArray().Should().Equal(expected, (sum, exact) => Math.Abs(sum - exact) < 1e-3);
    }

    [Theory]
    [InlineData(16, 16, 6, 4)]
    [InlineData(16, 16, 4, 7)]
    [InlineData(16, 16, 4, 132)]
    [InlineData(20, 16, 4, 4)]
    [InlineData(16, 20, 4, 4)]
    [InlineData(3, 16, 32, 32)]
    public void WhatHasNoWholeTilesOrVectors_IsLeftToLibtorch(int inChannels, int outChannels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, Conv2d layer) = Create((2, inChannels, outChannels, height, width, 3));
        Suits(images, layer).Should().BeFalse();
        Difference(Exact(images, layer), Convolve(images, layer)).Should().BeLessThan(LargestError);
    }

    [Fact]
    public async Task Convolve_OnSeveralThreadsAtOnce_GivesTheSameToTheLastBit()
    {
        using var scope = NewDisposeScope();
        (Tensor images, Conv2d layer) = Create((4, 40, 24, 8, 8, 5));
        byte[] alone = Convolved();
        byte[][] together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Convolved)));
        together.Should().AllSatisfy(bytes => bytes.Should().Equal(alone));

        byte[] Convolved()
        {
            using IDisposable guard = no_grad();
            using Tensor convolved = Convolve(images, layer);
            using Tensor pixels = convolved.contiguous();
            return pixels.bytes.ToArray();
        }
    }

    private static (Tensor Images, Conv2d Layer) Create((int Images, int In, int Out, int Height, int Width, int Seed) shape)
    {
        Conv2d layer = LayerFactory.Convolution(shape.In, shape.Out, kernel: 3);
        WeightInitializer.Default.Initialize(layer, seed: shape.Seed);
        using Tensor draws = NoiseGenerator.Gaussian.Draw([shape.Images, shape.In, shape.Height, shape.Width], shape.Seed);
        return (TensorLayout.ChannelsLast(draws), layer);
    }

    private static Tensor Convolve(Tensor images, Conv2d layer) => LayerMath.Convolve(ConvolutionInput.Of(images), layer).Images;

    private static bool Suits(Tensor images, Conv2d layer) =>
        PixelMemory<Float32Value>.TryOpen(images, out PixelMemory<Float32Value> memory) && WinogradKernel.Suits(memory, (int)layer.out_channels);

    private static Tensor Exact(Tensor images, Conv2d layer) =>
        nn.functional.conv2d(images.to(ScalarType.Float64), layer.weight!.to(ScalarType.Float64), null, [1, 1], [1, 1]);

    private static double Difference(Tensor expected, Tensor actual) =>
        ((expected - actual.to(ScalarType.Float64)).abs().max() / (1 + expected.abs().max())).item<double>();
}

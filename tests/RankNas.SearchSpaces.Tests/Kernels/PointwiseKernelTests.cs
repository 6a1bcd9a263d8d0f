using System.Runtime.Intrinsics;
using CsCheck;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class PointwiseKernelTests
{
    private const double LargestError = 1e-5;

    private static readonly Gen<(int Images, int In, int Out, int Height, int Width, int Seed)> Shapes =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int)
            .Select((images, inChannels, outChannels, height, width, seed) => (images, 8 * inChannels, 8 * outChannels, 4 * height, 4 * width, seed));

    [Fact]
    public void Convolve_AnyShape_IsTheConvolution() => Shapes.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            (Tensor images, Conv2d layer) = Create(shape);
            Suits(images, layer).Should().Be(Vector512.IsHardwareAccelerated);
            Difference(Exact(images, layer), LayerMath.Convolve(ConvolutionInput.Of(images), layer).Images).Should().BeLessThan(LargestError);
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

    [Theory]
    [InlineData(1, 16, 16, 3, 5)]
    [InlineData(1, 20, 16, 4, 4)]
    [InlineData(1, 16, 20, 4, 4)]
    public void WhatHasNoWholeRowsOrVectors_IsLeftToLibtorch(int images, int inChannels, int outChannels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor pixels, Conv2d layer) = Create((images, inChannels, outChannels, height, width, 3));
        Suits(pixels, layer).Should().BeFalse();
        Difference(Exact(pixels, layer), LayerMath.Convolve(ConvolutionInput.Of(pixels), layer).Images).Should().BeLessThan(LargestError);
    }

    [Fact]
    public void Convolve_WithAStride_IsLeftToLibtorch()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        Conv2d layer = LayerFactory.Convolution(16, 16, kernel: 1, stride: 2);
        WeightInitializer.Default.Initialize(layer, seed: 0);
        Tensor images = TensorLayout.ChannelsLast(randn(2, 16, 8, 8));
        Convolved convolved = LayerMath.Convolve(ConvolutionInput.Of(images), layer);
        convolved.Images.shape.Should().Equal(2, 16, 4, 4);
        Difference(nn.functional.conv2d(images.to(ScalarType.Float64), layer.weight!.to(ScalarType.Float64), null, [2, 2]), convolved.Images)
            .Should().BeLessThan(LargestError);
    }

    private static (Tensor Images, Conv2d Layer) Create((int Images, int In, int Out, int Height, int Width, int Seed) shape)
    {
        Conv2d layer = LayerFactory.Convolution(shape.In, shape.Out, kernel: 1);
        WeightInitializer.Default.Initialize(layer, seed: shape.Seed);
        using Tensor draws = NoiseGenerator.Gaussian.Draw([shape.Images, shape.In, shape.Height, shape.Width], shape.Seed);
        return (TensorLayout.ChannelsLast(draws), layer);
    }

    private static bool Suits(Tensor images, Conv2d layer) =>
        PixelMemory<Float32Value>.TryOpen(images, out PixelMemory<Float32Value> memory) && PointwiseKernel.Suits(memory, (int)layer.out_channels);

    private static Tensor Exact(Tensor images, Conv2d layer) =>
        nn.functional.conv2d(images.to(ScalarType.Float64), layer.weight!.to(ScalarType.Float64));

    private static double Difference(Tensor expected, Tensor actual) =>
        ((expected - actual.to(ScalarType.Float64)).abs().max() / (1 + expected.abs().max())).item<double>();
}

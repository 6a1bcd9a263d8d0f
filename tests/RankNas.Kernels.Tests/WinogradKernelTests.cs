using System.Runtime.Intrinsics;
using TorchSharp.Modules;
using static RankNas.Tests.Tensors;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class WinogradKernelTests() : ConvolutionKernelTests(kernel: 3)
{
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
    public void WhatHasNoWholeTilesOrVectors_IsLeftToLibtorch(int inChannels, int outChannels, int height, int width) =>
        CheckIsLeftToLibtorch((2, inChannels, outChannels, height, width, 3));

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

    private protected override bool Suits(PixelMemory<Float32Value> images, int outChannels) => WinogradKernel.Suits(images, outChannels);
}

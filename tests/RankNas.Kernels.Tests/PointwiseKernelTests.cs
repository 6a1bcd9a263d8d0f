using TorchSharp.Modules;
using static RankNas.Tests.Tensors;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class PointwiseKernelTests() : ConvolutionKernelTests(kernel: 1)
{
    [Theory]
    [InlineData(1, 16, 16, 3, 5)]
    [InlineData(1, 20, 16, 4, 4)]
    [InlineData(1, 16, 20, 4, 4)]
    public void WhatHasNoWholeRowsOrVectors_IsLeftToLibtorch(int images, int inChannels, int outChannels, int height, int width) =>
        CheckIsLeftToLibtorch((images, inChannels, outChannels, height, width, 3));

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
        Difference(Exact(images, layer), convolved.Images).Should().BeLessThan(LargestError);
    }

    private protected override bool Suits(PixelMemory<Float32Value> images, int outChannels) => PointwiseKernel.Suits(images, outChannels);
}

using System.Runtime.Intrinsics;
using CsCheck;
using TorchSharp.Modules;
using static RankNas.Tests.Tensors;
using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>What holds of every convolution of our own.</summary>
/// <param name="kernel">The side of its weights.</param>
public abstract class ConvolutionKernelTests(int kernel)
{
    protected const double LargestError = 1e-5;

    // Few large images, or small ones of several parts.
    private static readonly Gen<(int Images, int In, int Out, int Height, int Width, int Seed)> Shapes =
        Gen.OneOf(ShapesOf(Gen.Int[1, 5], Gen.Int[1, 10]), ShapesOf(Gen.Int[6, 70], Gen.Int[1, 2]));

    [Fact]
    public void Convolve_AnyShape_IsTheConvolution() => ForAnyShape(
        (images, layer) =>
        {
            Suits(images, layer).Should().Be(Vector512.IsHardwareAccelerated);
            Difference(Exact(images, layer), Convolve(images, layer)).Should().BeLessThan(LargestError);
        },
        iter: 60);

    [Fact]
    public void Convolve_RectifiedInput_IsTheConvolutionOfTheReLU() => ForAnyShape(
        (images, layer) =>
        {
            Tensor before = images.clone();
            using ConvolutionInput input = ConvolutionInput.Rectified(images);
            Difference(Exact(images.relu(), layer), LayerMath.Convolve(input, layer).Images).Should().BeLessThan(LargestError);
            input.Values.IsValueCreated.Should().Be(!Vector512.IsHardwareAccelerated);
            images.eq(before).all().item<bool>().Should().BeTrue();
        },
        iter: 40);

    [Fact]
    public void Convolve_TakesTheMomentsThatNormalisationWouldTake() => ForAnyShape(
        (images, layer) =>
        {
            BatchNorm2d normalization = NormalizationOf(layer);
            Convolved convolved = LayerMath.Convolve(ConvolutionInput.Of(images), layer);
            (convolved.Moments is not null).Should().Be(Vector512.IsHardwareAccelerated);
            Tensor without = LayerMath.Sum([Term.Of(new Convolved(convolved.Images.clone()), normalization)]);
            Difference(without, LayerMath.Sum([Term.Of(convolved, normalization)])).Should().BeLessThan(LargestError);
        },
        iter: 40);

    [Fact]
    public void Convolve_OnSeveralCores_GivesTheSameToTheLastBit() => ForAnyShape(
        (images, layer) =>
        {
            BatchNorm2d normalization = NormalizationOf(layer);
            Bytes(Normalized()).Should().Equal(BytesOnSeveralCores(Normalized));

            Tensor Normalized() => LayerMath.Sum([Term.Of(LayerMath.Convolve(ConvolutionInput.Of(images), layer), normalization)]);
        },
        iter: 40);

    private protected abstract bool Suits(PixelMemory<Float32Value> images, int outChannels);

    private static Gen<(int Images, int In, int Out, int Height, int Width, int Seed)> ShapesOf(Gen<int> images, Gen<int> quarters) =>
        Gen.Select(images, Gen.Int[1, 9], Gen.Int[1, 9], quarters, quarters, Gen.Int)
            .Select((images, inChannels, outChannels, height, width, seed) =>
                (images, 8 * inChannels, 8 * outChannels, 4 * height, 4 * width, seed));

    private void ForAnyShape(Action<Tensor, Conv2d> check, int iter) => Shapes.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            using IDisposable guard = no_grad();
            (Tensor images, Conv2d layer) = Create(shape);
            check(images, layer);
        },
        iter: iter);

    private static BatchNorm2d NormalizationOf(Conv2d layer)
    {
        BatchNorm2d normalization = LayerFactory.Normalization((int)layer.out_channels);
        WeightInitializer.Default.Initialize(normalization, seed: 0);
        return normalization;
    }

    protected static Tensor Convolve(Tensor images, Conv2d layer) => LayerMath.Convolve(ConvolutionInput.Of(images), layer).Images;

    protected static Tensor Exact(Tensor images, Conv2d layer) => nn.functional.conv2d(
        images.to(ScalarType.Float64), layer.weight!.to(ScalarType.Float64), null, layer.stride, layer.padding);

    protected (Tensor Images, Conv2d Layer) Create((int Images, int In, int Out, int Height, int Width, int Seed) shape)
    {
        Conv2d layer = LayerFactory.Convolution(shape.In, shape.Out, kernel);
        WeightInitializer.Default.Initialize(layer, seed: shape.Seed);
        using Tensor draws = NoiseGenerator.Gaussian.Draw([shape.Images, shape.In, shape.Height, shape.Width], shape.Seed);
        return (TensorLayout.ChannelsLast(draws), layer);
    }

    protected bool Suits(Tensor images, Conv2d layer) =>
        PixelMemory<Float32Value>.TryOpen(images, out PixelMemory<Float32Value> memory) && Suits(memory, (int)layer.out_channels);

    protected void CheckIsLeftToLibtorch((int Images, int In, int Out, int Height, int Width, int Seed) shape)
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, Conv2d layer) = Create(shape);
        Suits(images, layer).Should().BeFalse();
        Difference(Exact(images, layer), Convolve(images, layer)).Should().BeLessThan(LargestError);
    }
}

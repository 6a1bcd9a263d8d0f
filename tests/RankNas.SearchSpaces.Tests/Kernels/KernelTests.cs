using CsCheck;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class KernelTests
{
    private static readonly Gen<(int Images, int Channels, int Height, int Width, int Seed)> Shapes =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 8], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int);

    [Fact]
    public void NormalizeOwned_AnyShape_IsBatchNorm() => Shapes.Sample(shape =>
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d layer) = Create(shape, 8 * shape.Channels);
        if (images.numel() == images.shape[1])
        {
            return;
        }

        Tensor expected = Normalized(images, layer);
        Tensor actual = LayerMath.NormalizeOwned(images.clone(), layer);
        Difference(expected, actual).Should().BeLessThan(1e-4);
    });

    [Fact]
    public void AddNormalized_AnyShape_AddsBatchNorm() => Shapes.Sample(shape =>
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d layer) = Create(shape, 8 * shape.Channels);
        if (images.numel() == images.shape[1])
        {
            return;
        }

        Tensor sum = TensorLayout.ChannelsLast(randn_like(images));
        Tensor expected = sum.to(ScalarType.Float64) + Normalized(images, layer);
        LayerMath.AddNormalized(sum, images.clone(), layer);
        Difference(expected, sum).Should().BeLessThan(1e-4);
    });

    [Fact]
    public void NormalizeOwned_MeanFarFromZero_KeepsItsDigits()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d layer) = Create((8, 2, 16, 16, 1), 16);
        images.add_(1000);

        Difference(Normalized(images, layer), LayerMath.NormalizeOwned(images.clone(), layer)).Should().BeLessThan(1e-3);
    }

    [Fact]
    public void PoolNeighborhood_AnyShape_IsAveragePoolingWithoutPadding() => Shapes.Sample(shape =>
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, _) = Create(shape, shape.Channels);
        Tensor expected = nn.functional.avg_pool2d(images.to(ScalarType.Float64), 3, 1, 1, count_include_pad: false);
        Difference(expected, LayerMath.PoolNeighborhood(images)).Should().BeLessThan(1e-5);
    });

    [Fact]
    public void Convolve_EveryWidthOfTheSizeSpace_IsRight()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        foreach ((int inChannels, int outChannels, int kernel, int stride) in
            from inChannels in new[] { 3, 8, 24, 40, 56, 64 }
            from outChannels in new[] { 8, 24, 40, 56, 64 }
            from form in new[] { (1, 1), (3, 1), (3, 2) }
            select (inChannels, outChannels, form.Item1, form.Item2))
        {
            using TorchSharp.Modules.Conv2d layer = LayerFactory.Convolution(inChannels, outChannels, kernel, stride);
            WeightInitializer.Default.Initialize(layer, seed: 1);
            Tensor images = TensorLayout.ChannelsLast(randn(16, inChannels, 8, 8));
            Tensor expected = nn.functional.conv2d(
                images.to(ScalarType.Float64), layer.weight!.to(ScalarType.Float64), null, [stride, stride], [kernel / 2, kernel / 2]);
            string name = $"{inChannels} to {outChannels}, {kernel}x{kernel}, stride {stride}";
            Difference(expected, LayerMath.Convolve(images, layer)).Should().BeLessThan(1e-4, name);
            Difference(expected, layer.call(images)).Should().BeLessThan(1e-4, name);
        }
    }

    private static (Tensor Images, TorchSharp.Modules.BatchNorm2d Layer) Create((int Images, int, int Height, int Width, int Seed) shape, int channels)
    {
        manual_seed(shape.Seed);
        TorchSharp.Modules.BatchNorm2d layer = LayerFactory.Normalization(channels);
        layer.weight!.uniform_(-2, 2);
        layer.bias!.uniform_(-2, 2);
        return (TensorLayout.ChannelsLast(randn(shape.Images, channels, shape.Height, shape.Width) * 3 + 1), layer);
    }

    private static Tensor Normalized(Tensor images, TorchSharp.Modules.BatchNorm2d layer) => nn.functional.batch_norm(
        images.to(ScalarType.Float64), null!, null!, layer.weight!.to(ScalarType.Float64), layer.bias!.to(ScalarType.Float64), training: true, eps: layer.eps);

    private static double Difference(Tensor expected, Tensor actual) =>
        ((expected - actual.to(ScalarType.Float64)).abs().max() / (1 + expected.abs().max())).item<double>();
}

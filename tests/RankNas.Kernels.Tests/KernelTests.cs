using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CsCheck;
using TorchSharp;
using static RankNas.Tests.Tensors;
using static TorchSharp.torch;

namespace RankNas.Tests;

public class KernelTests
{
    // Half of what lies between a bfloat16 and the next, in proportion.
    private const double HalfAStep = 1.0 / 256;

    private static readonly Gen<(int Images, int Channels, int Height, int Width, int Seed)> Shapes =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 8], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int);

    [Fact]
    public void Sum_OfOne_IsBatchNorm() => Shapes.Sample(shape =>
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d layer) = Create(shape, 8 * shape.Channels);
        if (images.numel() == images.shape[1])
        {
            return;
        }

        Tensor expected = Normalized(images, layer);
        Tensor actual = LayerMath.Sum([Term.Of(new Convolved(images.clone()), layer)]);
        Difference(expected, actual).Should().BeLessThan(1e-4);
    });

    [Fact]
    public void Sum_AnyTerms_AddsThem_EachNormalisedOrNot() => Gen.Select(Shapes, Gen.Select(Gen.Bool, Gen.Bool).Array[1, 5]).Sample((shape, kinds) =>
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d layer) = Create(shape, 8 * shape.Channels);
        if (images.numel() == images.shape[1])
        {
            return;
        }

        Tensor expected = zeros_like(images, dtype: ScalarType.Float64);
        var terms = new List<Term>();
        var shared = new List<(Tensor Images, Tensor Before)>();
        foreach ((bool isOwned, bool isNormalized) in kinds)
        {
            Tensor term = TensorLayout.ChannelsLast(randn_like(images));
            expected += isNormalized ? Normalized(term, layer) : term.to(ScalarType.Float64);
            if (!isOwned)
            {
                shared.Add((term, term.clone()));
            }

            terms.Add(new Term(term.alias(), isOwned, isNormalized ? layer : null));
        }

        Tensor sum = LayerMath.Sum(terms);
        Difference(expected, sum).Should().BeLessThan(1e-4);
        shared.All(pair => pair.Images.eq(pair.Before).all().item<bool>()).Should().BeTrue("they belong to others");
    });

    [Fact]
    public void Sum_MeanFarFromZero_KeepsItsDigits()
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d layer) = Create((8, 2, 16, 16, 1), 16);
        images.add_(1000);

        Difference(Normalized(images, layer), LayerMath.Sum([Term.Of(new Convolved(images.clone()), layer)])).Should().BeLessThan(1e-3);
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
    public void PoolHalving_AnyShape_IsAveragePoolingOfSquares() => Gen.Select(Shapes, Gen.Bool).Sample((shape, isWide) =>
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, _) = Create(shape, isWide ? 8 * shape.Channels : shape.Channels);
        Tensor expected = nn.functional.avg_pool2d(images.to(ScalarType.Float64), 2, 2, ceil_mode: true);
        Tensor actual = LayerMath.PoolHalving(images);
        actual.shape.Should().Equal(expected.shape);
        Difference(expected, actual).Should().BeLessThan(1e-5);
    });

    [Fact]
    public void Kernels_OnSeveralCores_GiveTheSameToTheLastBit() => Shapes.Sample(shape =>
    {
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d layer) = Create(shape, 8 * shape.Channels);
        Bytes(PooledAndNormalized()).Should().Equal(BytesOnSeveralCores(PooledAndNormalized));

        Tensor PooledAndNormalized() => LayerMath.PoolHalving(
            LayerMath.Sum([Term.Shared(LayerMath.PoolNeighborhood(images)), new Term(images.clone(), IsOwned: true, layer)]));
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
            Difference(expected, LayerMath.Convolve(ConvolutionInput.Of(images), layer).Images).Should().BeLessThan(1e-4, name);
            Difference(expected, layer.call(images)).Should().BeLessThan(1e-4, name);
        }
    }

    [Fact]
    public void BFloat16_AnyNumber_IsRoundedAsLibtorchRounds() => Gen.Float.Array[16].Sample(values =>
    {
        using var scope = NewDisposeScope();
        ushort[] expected = MemoryMarshal.Cast<byte, ushort>(tensor(values).to(ScalarType.BFloat16).bytes).ToArray();
        ushort[] one = [.. values.Select(value => ((BFloat16Value)value).Bits)];
        BFloat16Value[] whole = new BFloat16Value[16];
        BFloat16Value[] halves = new BFloat16Value[16];
        if (BFloat16Value.IsSupported)
        {
            BFloat16Value.Store(Vector512.Create(values), ref whole[0], 0);
            BFloat16Value.StoreHalf(Vector256.Create(values), ref halves[0], 0);
            BFloat16Value.StoreHalf(Vector256.Create(values, 8), ref halves[0], 8);
            whole.Select(value => value.Bits).Should().Equal(one);
            halves.Should().Equal(whole);
            BFloat16Value.Load(ref whole[0], 0).Should().Be(Vector512.Create([.. whole.Select(value => (float)value)]));
            BFloat16Value.LoadHalf(ref whole[0], 8).Should().Be(Vector256.Create([.. whole.Skip(8).Select(value => (float)value)]));
        }

        // Any NaN is as good as another.
        one.Zip(expected, values).Should().OnlyContain(number => float.IsNaN(number.Third) ? (number.First & 0x7F80) == 0x7F80 : number.First == number.Second);
    });

    [Theory]
    [InlineData(1, 16)]
    [InlineData(3, 24)]
    public void BFloat16_EveryKernel_IsTheLayer_ButForTheResultsRounding(int seed, int channels)
    {
        Assert.SkipUnless(BFloat16Value.IsSupported, "bfloat16 is left to libtorch, which rounds between its steps.");
        using var scope = NewDisposeScope();
        using IDisposable guard = no_grad();
        (Tensor images, TorchSharp.Modules.BatchNorm2d normalization) = Create((4, channels, 8, 8, seed), channels);
        Tensor exact = Normalized(images.to(ScalarType.BFloat16), normalization);
        Tensor sum = TensorLayout.ChannelsLast(randn_like(images).to(ScalarType.BFloat16));
        Tensor exactSum = sum.to(ScalarType.Float64) + exact;
        Tensor shorter = TensorLayout.ChannelsLast(images.to(ScalarType.BFloat16));
        using TorchSharp.Modules.Conv2d convolution = LayerFactory.Convolution(channels, 24, kernel: 3);
        WeightInitializer.Default.Initialize(convolution, seed);
        convolution.to(ScalarType.BFloat16);
        Tensor convolved = nn.functional.conv2d(shorter.to(ScalarType.Float64), convolution.weight!.to(ScalarType.Float64), null, [1, 1], [1, 1]);
        Tensor pooled = nn.functional.avg_pool2d(shorter.to(ScalarType.Float64), 3, 1, 1, count_include_pad: false);

        (string Name, Tensor Expected, Tensor Actual)[] results =
        [
            ("convolution", convolved, LayerMath.Convolve(ConvolutionInput.Of(shorter), convolution).Images),
            ("pooling", pooled, LayerMath.PoolNeighborhood(shorter)),
            ("halving", nn.functional.avg_pool2d(shorter.to(ScalarType.Float64), 2, 2), LayerMath.PoolHalving(shorter)),
            ("normalization", exact, LayerMath.Sum([Term.Of(new Convolved(shorter.clone()), normalization)])),
        ];
        Tensor both = LayerMath.Sum([Term.Shared(sum), new Term(shorter, IsOwned: true, normalization)]);
        foreach ((string name, Tensor expected, Tensor actual) in results.Append(("sum", exactSum, both)))
        {
            actual.dtype.Should().Be(ScalarType.BFloat16, name);
            (expected - actual.to(ScalarType.Float64)).abs().sub(expected.abs() * HalfAStep).max().item<double>().Should().BeLessThan(1e-4, name);
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
}

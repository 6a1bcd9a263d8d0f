using System.Numerics;
using CsCheck;
using RankNas.Kernels.Activations;
using RankNas.Kernels.Memory;
using RankNas.Proxies;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Activations;

public class ActivationKernelTests
{
    [Fact]
    public void BitDistance_AnyRows_IsTheNumberOfBitsThatDiffer() => Gen.Int[0, 200].SelectMany(length => Gen.Select(
        Gen.ULong.Array[length], Gen.ULong.Array[length])).Sample((a, b) =>
        BitDistance.Between(a, b) == a.Zip(b).Sum(pair => BitOperations.PopCount(pair.First ^ pair.Second)));

    [Fact]
    public void BitDistance_AllDifferent_CountsThemAll()
    {
        foreach (int length in (int[])[63, 64, 65, 1024, 4097])
        {
            BitDistance.Between(new ulong[length], [.. Enumerable.Repeat(ulong.MaxValue, length)]).Should().Be(64L * length);
        }
    }

    [Fact]
    public void Pack_AnyFloats_SetsTheBitsOfThosePositive() => Gen.Float.Array[0, 300].Sample(values =>
    {
        ulong[] words = [.. Enumerable.Repeat(ulong.MaxValue, SignBits.WordsFor(values.Length))];
        SignBits.Pack(values, words);
        return Enumerable.Range(0, 64 * words.Length).All(index =>
            ((words[index / 64] >> (index % 64)) & 1) == (index < values.Length && values[index] > 0 ? 1UL : 0));
    });

    [Fact]
    public void Pack_AnyBFloat16_SetsTheBitsOfThosePositive() => Gen.UShort.Array[0, 300].Sample(bits =>
    {
        ulong[] words = [.. Enumerable.Repeat(ulong.MaxValue, SignBits.WordsFor(bits.Length))];
        SignBits.Pack(bits, words);
        return Enumerable.Range(0, 64 * words.Length).All(index =>
            ((words[index / 64] >> (index % 64)) & 1) == (index < bits.Length && BitConverter.UInt32BitsToSingle((uint)bits[index] << 16) > 0 ? 1UL : 0));
    });

    [Fact]
    public void MeanSquare_BFloat16_IsTheMeanOfSquares()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = NormalDraw.Of(3, 5, 31, 31).to(ScalarType.BFloat16);
        Tensor b = NormalDraw.Seeded(2, 3, 5, 31, 31).to(ScalarType.BFloat16);
        double expected = (b.to(ScalarType.Float64) - a.to(ScalarType.Float64)).square().mean().item<double>();
        MeanSquare.TryOfDifference(a, b).Should().BeApproximately(expected, 1e-5 * expected);
        SumOf(a, b, byKernels: false).Should().BeApproximately(3 * expected, 3e-5 * expected);
    }

    [Fact]
    public void SquaredDifferences_AnyLayout_AddTheMeanOfSquares() => Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[1, 40], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int).Sample(
        (images, channels, side, isLastA, isLastB, byKernels, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor a = NormalDraw.Seeded(seed, images, channels, side, side);
            Tensor b = NormalDraw.Seeded(seed + 1, images, channels, side, side);
            double expected = (b.to(ScalarType.Float64) - a).square().mean().item<double>();
            double actual = SumOf(isLastA ? TensorLayout.ChannelsLast(a) : a, isLastB ? TensorLayout.ChannelsLast(b) : b, byKernels);
            return Math.Abs(actual - (3 * expected)) < 3e-5 * expected;
        }, iter: 300);

    [Fact]
    public void AgreementKernel_ByATensorProduct_IsThatOfTheKernel() => Gen.Select(Gen.Int[2, 9], Gen.Int[1, 300].Array[1, 4], Gen.Int[1, 3], Gen.Int).Sample(
        (images, units, uses, seed) =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] layers = [.. units.Select((count, layer) => NormalDraw.Seeded(seed + layer, images, count))];
            double Score(bool byKernels)
            {
                using IDisposable? off = byKernels ? null : KernelUse.Off();
                using var kernel = new AgreementKernel(images);
                Array.ForEach(layers, layer => kernel.Add(layer, uses));
                return kernel.LogAbsoluteDeterminant();
            }

            Score(byKernels: false).Should().Be(Score(byKernels: true), "both count");
        }, iter: 200);

    private static double SumOf(Tensor a, Tensor b, bool byKernels)
    {
        using IDisposable? off = byKernels ? null : KernelUse.Off();
        using var sum = new SquaredDifferences();
        sum.Add(a, b, uses: 2);
        sum.Add(a, b, uses: 1);
        return sum.Total();
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void AgreementKernel_AnyFormatAndLayout_IsTheSame(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = NormalDraw.Of(5, 3, 7, 9).to(ScalarType.BFloat16);
        double[] scores = [.. new[] { input.to(type), TensorLayout.ChannelsLast(input.to(type)), input.to(type).transpose(2, 3), input.to(ScalarType.Float64) }.Select(layout =>
        {
            using var kernel = new AgreementKernel(5);
            kernel.Add(layout, uses: 2);
            kernel.Add(layout, uses: 1);
            return kernel.LogAbsoluteDeterminant();
        })];

        scores.Should().OnlyContain(score => score == scores[0]);
    }

    [Fact]
    public void DenseMemory_Gaps_AreRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        TensorMemory.TryGetDense<float>(zeros(2, 3, 4, 4)[.., .., .., ..2], out _).Should().BeFalse();
        TensorMemory.TryGetDense<float>(zeros(1, 3).expand(5, 3), out _).Should().BeFalse();
        TensorMemory.TryGetDense<float>(zeros(3, 5).t(), out _).Should().BeFalse("the rows are not next to each other");
        TensorMemory.TryGetDense<double>(zeros(3, 5), out _).Should().BeFalse();
        TensorMemory.TryGetDense(arange(6, dtype: ScalarType.Float32).reshape(3, 2)[1..], out ReadOnlySpan<float> rest).Should().BeTrue();
        rest.ToArray().Should().Equal(2, 3, 4, 5);
    }
}

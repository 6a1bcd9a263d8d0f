using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using RankNas.Kernels.Activations;
using RankNas.Kernels.Convolutions;

namespace RankNas.PartBenchmarks;

/// <summary>The loops in which convolutions and NASWOT spend their time, on one core. Run them with wider vectors switched off too.</summary>
public class InnerLoopBenchmarks
{
    private const int Places = 36;
    private const int Images = 128;
    private const int Words = 2048;

    private float[] _rows = null!;
    private float[] _weights = null!;
    private float[] _products = null!;
    private ulong[] _bits = null!;

    [Params(16, 32, 64)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_rows, _weights) = (NewValues(random, Places * RowProduct.Rows * Channels), NewValues(random, Places * Channels * RowProduct.Lanes));
        _products = new float[Places * RowProduct.Rows * RowProduct.Lanes];
        _bits = [.. Enumerable.Range(0, Images * Words).Select(_ => (ulong)random.NextInt64() * 2)];
    }

    /// <summary>16 rows at each of 36 places.</summary>
    [Benchmark]
    public void SixteenRows()
    {
        for (int place = 0; place < Places; place++)
        {
            RowProduct.Multiply(
                ref _rows[place * RowProduct.Rows * Channels], ref _weights[place * Channels * RowProduct.Lanes], ref _products[place * RowProduct.Rows * RowProduct.Lanes], Channels);
        }
    }

    /// <summary>The same, four rows of 256 bits at once.</summary>
    [Benchmark]
    public void SixteenRowsByFour()
    {
        for (int place = 0; place < Places; place++)
        {
            for (int row = 0; row < RowProduct.Rows; row += QuadProduct.Rows)
            {
                QuadProduct.Multiply(
                    ref _rows[((place * RowProduct.Rows) + row) * Channels], Channels, 1, ref _weights[place * Channels * RowProduct.Lanes], RowProduct.Lanes, Channels,
                    ref _products[((place * RowProduct.Rows) + row) * RowProduct.Lanes], adds: false);
            }
        }
    }

    /// <summary>The distances of 128 images' signs of 131,072 units.</summary>
    [Benchmark]
    public long Distances() => SumOf(BitDistance.Between);

    /// <summary>The same by System.Numerics.Tensors.</summary>
    [Benchmark]
    public long DistancesByTensorPrimitives() => SumOf(TensorPrimitives.HammingBitDistance);

    private static float[] NewValues(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];

    private long SumOf(Distance distance)
    {
        long sum = 0;
        for (int row = 0; row < Images; row++)
        {
            for (int column = 0; column < row; column++)
            {
                sum += distance(_bits.AsSpan(row * Words, Words), _bits.AsSpan(column * Words, Words));
            }
        }

        return sum;
    }

    private delegate long Distance(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right);
}

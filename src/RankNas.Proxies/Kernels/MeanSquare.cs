using System.Numerics;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>The mean of squared differences.</summary>
internal static class MeanSquare
{
    // Sums of this many stay exact enough in float32.
    private const int BlockLength = 4096;

    /// <summary>Gets mean((b − a)²).</summary>
    public static double OfDifference(Tensor a, Tensor b)
    {
        if (DenseMemory.TryGet(a, out ReadOnlySpan<float> first) && DenseMemory.TryGet(b, out ReadOnlySpan<float> second)
            && a.stride().AsSpan().SequenceEqual(b.stride()))
        {
            return SumOfSquares(first, second) / first.Length;
        }

        using Tensor loss = nn.functional.mse_loss(b.to(WideFormat(a)), a.to(WideFormat(a)));
        return loss.to(ScalarType.Float64).item<double>();
    }

    private static ScalarType WideFormat(Tensor tensor) => tensor.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    private static double SumOfSquares(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, a.Length - start);
            sum += SumOfBlock(a.Slice(start, length), b.Slice(start, length));
        }

        return sum;
    }

    private static double SumOfBlock(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> first = Vector<float>.Zero;
        Vector<float> second = Vector<float>.Zero;
        int width = Vector<float>.Count;
        int index = 0;
        for (; index <= a.Length - 2 * width; index += 2 * width)
        {
            Vector<float> left = new Vector<float>(b[index..]) - new Vector<float>(a[index..]);
            Vector<float> right = new Vector<float>(b[(index + width)..]) - new Vector<float>(a[(index + width)..]);
            first = Vector.FusedMultiplyAdd(left, left, first);
            second = Vector.FusedMultiplyAdd(right, right, second);
        }

        double sum = Vector.Sum(first + second);
        for (; index < a.Length; index++)
        {
            double difference = b[index] - a[index];
            sum += difference * difference;
        }

        return sum;
    }
}

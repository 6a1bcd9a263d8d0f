using System.Numerics;
using RankNas.Kernels.Memory;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Kernels.Activations;

/// <summary>The mean of squared differences.</summary>
internal static class MeanSquare
{
    // Sums of this many stay exact enough in float32.
    private const int BlockLength = 4096;

    private const int BitsOfHalf = 16;

    /// <summary>Gets mean((b − a)²) of float32 or bfloat16 on the CPU that lie alike; null for others.</summary>
    public static double? TryOfDifference(Tensor a, Tensor b)
    {
        if (a.dtype == b.dtype && a.Strides().AsSpan().SequenceEqual(b.Strides()))
        {
            if (a.dtype == ScalarType.Float32 && TensorMemory.TryGetDense(a, out ReadOnlySpan<float> first) && TensorMemory.TryGetDense(b, out ReadOnlySpan<float> second))
            {
                return SumOfBlocks(first, second, SumOfBlock) / first.Length;
            }

            if (a.dtype == ScalarType.BFloat16 && TensorMemory.TryGetDense(a, out ReadOnlySpan<ushort> shorter) && TensorMemory.TryGetDense(b, out ReadOnlySpan<ushort> other))
            {
                return SumOfBlocks(shorter, other, SumOfBlock) / shorter.Length;
            }
        }

        return null;
    }

    private delegate double BlockSum<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b);

    private static double SumOfBlocks<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, BlockSum<T> sumOfBlock)
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, a.Length - start);
            sum += sumOfBlock(a.Slice(start, length), b.Slice(start, length));
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

    // The bits of bfloat16 are the upper half of a float32's.
    private static double SumOfBlock(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b)
    {
        Span<float> first = stackalloc float[BlockLength];
        Span<float> second = stackalloc float[BlockLength];
        Widen(a, first);
        Widen(b, second);
        return SumOfBlock(first[..a.Length], second[..b.Length]);
    }

    private static void Widen(ReadOnlySpan<ushort> values, Span<float> widened)
    {
        int index = 0;
        for (; index <= values.Length - Vector<ushort>.Count; index += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(values[index..]), out Vector<uint> low, out Vector<uint> high);
            Vector.AsVectorSingle(low << BitsOfHalf).CopyTo(widened[index..]);
            Vector.AsVectorSingle(high << BitsOfHalf).CopyTo(widened[(index + Vector<uint>.Count)..]);
        }

        for (; index < values.Length; index++)
        {
            widened[index] = BitConverter.UInt32BitsToSingle((uint)values[index] << BitsOfHalf);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RankNas.Kernels.Memory;
using static TorchSharp.torch;

namespace RankNas.Kernels.Activations;

/// <summary>Packs which elements are greater than zero, one bit each.</summary>
internal static class SignBits
{
    private const int BitsOfWord = 64;

    // The bits of a bfloat16.
    private const ushort Infinity = 0x7F80;

    /// <summary>Tells whether a tensor's elements can be read where they lie.</summary>
    public static bool IsReadable(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float64 => TensorMemory.TryGetDense<double>(tensor, out _),
        ScalarType.Float32 => TensorMemory.TryGetDense<float>(tensor, out _),
        ScalarType.BFloat16 => TensorMemory.TryGetDense<ushort>(tensor, out _),
        _ => false,
    };

    public static int WordsFor(int units) => (units + BitsOfWord - 1) / BitsOfWord;

    /// <summary>Packs each image's elements into a row of words; bits past the last element are 0.</summary>
    public static void Pack(Tensor tensor, int images, Span<ulong> rows, int wordsPerRow)
    {
        switch (tensor.dtype)
        {
            case ScalarType.Float32 when TensorMemory.TryGetDense(tensor, out ReadOnlySpan<float> singles):
                PackRows(singles, images, rows, wordsPerRow, Pack);
                break;
            case ScalarType.BFloat16 when TensorMemory.TryGetDense(tensor, out ReadOnlySpan<ushort> halves):
                PackRows(halves, images, rows, wordsPerRow, Pack);
                break;
            case ScalarType.Float64 when TensorMemory.TryGetDense(tensor, out ReadOnlySpan<double> doubles):
                PackRows(doubles, images, rows, wordsPerRow, Pack);
                break;
        }
    }

    private delegate void RowPacker<T>(ReadOnlySpan<T> values, Span<ulong> words);

    private static void PackRows<T>(ReadOnlySpan<T> values, int images, Span<ulong> rows, int wordsPerRow, RowPacker<T> pack)
    {
        int units = values.Length / images;
        for (int image = 0; image < images; image++)
        {
            pack(values.Slice(image * units, units), rows.Slice(image * wordsPerRow, wordsPerRow));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(ReadOnlySpan<float> values, Span<ulong> words)
    {
        int whole = values.Length / BitsOfWord;
        ReadOnlySpan<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(values);
        for (int word = 0; word < whole; word++)
        {
            words[word] = GreaterThanZero(vectors[4 * word])
                | GreaterThanZero(vectors[4 * word + 1]) << 16
                | GreaterThanZero(vectors[4 * word + 2]) << 32
                | GreaterThanZero(vectors[4 * word + 3]) << 48;
        }

        if (whole < words.Length)
        {
            ReadOnlySpan<float> rest = values[(whole * BitsOfWord)..];
            ulong last = 0;
            for (int index = 0; index < rest.Length; index++)
            {
                last |= rest[index] > 0 ? 1UL << index : 0;
            }

            words[whole] = last;
        }
    }

    /// <summary>Packs bfloat16, the bits of which are greater than those of 0 and not of a NaN where the number is greater than 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(ReadOnlySpan<ushort> values, Span<ulong> words)
    {
        int whole = values.Length / BitsOfWord;
        ReadOnlySpan<Vector512<ushort>> vectors = MemoryMarshal.Cast<ushort, Vector512<ushort>>(values);
        for (int word = 0; word < whole; word++)
        {
            words[word] = GreaterThanZero(vectors[2 * word]) | GreaterThanZero(vectors[2 * word + 1]) << 32;
        }

        if (whole < words.Length)
        {
            ReadOnlySpan<ushort> rest = values[(whole * BitsOfWord)..];
            ulong last = 0;
            for (int index = 0; index < rest.Length; index++)
            {
                last |= rest[index] is > 0 and <= Infinity ? 1UL << index : 0;
            }

            words[whole] = last;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(ReadOnlySpan<double> values, Span<ulong> words)
    {
        words.Clear();
        for (int index = 0; index < values.Length; index++)
        {
            words[index / BitsOfWord] |= values[index] > 0 ? 1UL << (index % BitsOfWord) : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong GreaterThanZero(Vector512<float> values) =>
        Vector512.GreaterThan(values, Vector512<float>.Zero).ExtractMostSignificantBits();

    // One less, zero is above all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong GreaterThanZero(Vector512<ushort> bits) =>
        Vector512.LessThan(bits - Vector512<ushort>.One, Vector512.Create(Infinity)).ExtractMostSignificantBits();
}

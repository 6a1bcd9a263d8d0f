using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace RankNas;

/// <summary>Packs which elements are greater than zero, one bit each.</summary>
internal static class SignBits
{
    private const int BitsOfWord = 64;

    /// <summary>Tells whether a tensor's elements can be read where they lie.</summary>
    public static bool IsReadable(Tensor tensor) => tensor.dtype == ScalarType.Float64
        ? DenseMemory.TryGet<double>(tensor, out _)
        : tensor.dtype == ScalarType.Float32 && DenseMemory.TryGet<float>(tensor, out _);

    public static int WordsFor(int units) => (units + BitsOfWord - 1) / BitsOfWord;

    /// <summary>Packs each image's elements into a row of words; bits past the last element are 0.</summary>
    public static void Pack(Tensor tensor, int images, Span<ulong> rows, int wordsPerRow)
    {
        if (DenseMemory.TryGet(tensor, out ReadOnlySpan<float> singles) && tensor.dtype == ScalarType.Float32)
        {
            int units = singles.Length / images;
            for (int image = 0; image < images; image++)
            {
                Pack(singles.Slice(image * units, units), rows.Slice(image * wordsPerRow, wordsPerRow));
            }
        }
        else if (DenseMemory.TryGet(tensor, out ReadOnlySpan<double> doubles))
        {
            int units = doubles.Length / images;
            for (int image = 0; image < images; image++)
            {
                Pack(doubles.Slice(image * units, units), rows.Slice(image * wordsPerRow, wordsPerRow));
            }
        }
    }

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

    internal static void Pack(ReadOnlySpan<double> values, Span<ulong> words)
    {
        words.Clear();
        for (int index = 0; index < values.Length; index++)
        {
            words[index / BitsOfWord] |= values[index] > 0 ? 1UL << (index % BitsOfWord) : 0;
        }
    }

    private static ulong GreaterThanZero(Vector512<float> values) =>
        Vector512.GreaterThan(values, Vector512<float>.Zero).ExtractMostSignificantBits();
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RankNas.Kernels.Memory;
using RankNas.Kernels.Vectors;
using RankNas.Proxies;
using static TorchSharp.torch;

namespace RankNas.Kernels.Activations;

/// <summary>Packs which elements are greater than zero, one bit each.</summary>
internal static class SignBits
{
    private const int BitsOfWord = 64;

    /// <summary>Tells whether a tensor's elements can be read where they lie.</summary>
    public static bool IsReadable(Tensor tensor) => tensor.dtype switch
    {
        ScalarType.Float64 => TensorMemory.TryGetDense<double>(tensor, out _),
        ScalarType.Float32 => TensorMemory.TryGetDense<float>(tensor, out _),
        ScalarType.BFloat16 => TensorMemory.TryGetDense<ushort>(tensor, out _),
        _ => false,
    };

    /// <summary>Packs all that goes into a layer.</summary>
    /// <param name="input">A tensor <c>[N, …]</c> on the CPU.</param>
    /// <param name="images">N.</param>
    /// <returns>The signs, which the caller disposes.</returns>
    public static PackedSigns PackAll(Tensor input, int images)
    {
        using Tensor dense = IsReadable(input) ? input.alias() : input.to(ScalarType.Float32).contiguous();
        int units = (int)(dense.numel() / images);
        var signs = new PackedSigns(images, units, units);
        Pack(dense, images, signs.Words, signs.WordsOfImage);
        return signs;
    }

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

    internal static void Pack(ReadOnlySpan<float> values, Span<ulong> words) => PackNumbers(MemoryMarshal.Cast<float, Float32Value>(values), words);

    internal static void Pack(ReadOnlySpan<ushort> values, Span<ulong> words) => PackNumbers(MemoryMarshal.Cast<ushort, BFloat16Value>(values), words);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(ReadOnlySpan<double> values, Span<ulong> words)
    {
        words.Clear();
        for (int index = 0; index < values.Length; index++)
        {
            words[index / BitsOfWord] |= values[index] > 0 ? 1UL << (index % BitsOfWord) : 0;
        }
    }

    private static void PackNumbers<T>(ReadOnlySpan<T> values, Span<ulong> words)
        where T : unmanaged, IPixelValue<T>
    {
        if (Lanes16.IsSupported)
        {
            PackNumbers<T, Lanes16>(values, words);
        }
        else if (Lanes8.IsSupported)
        {
            PackNumbers<T, Lanes8>(values, words);
        }
        else
        {
            PackNumbers<T, Lanes4>(values, words);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackNumbers<T, TVector>(ReadOnlySpan<T> values, Span<ulong> words)
        where T : unmanaged, IPixelValue<T>
        where TVector : struct, IFloatVector<TVector>
    {
        int whole = values.Length / BitsOfWord;
        ref T from = ref MemoryMarshal.GetReference(values);
        for (int word = 0; word < whole; word++)
        {
            ulong bits = 0;
            for (int bit = 0; bit < BitsOfWord; bit += TVector.Count)
            {
                bits |= (ulong)T.Load<TVector>(ref from, (nuint)((word * BitsOfWord) + bit)).AreGreaterThanZero() << bit;
            }

            words[word] = bits;
        }

        if (whole < words.Length)
        {
            ReadOnlySpan<T> rest = values[(whole * BitsOfWord)..];
            ulong last = 0;
            for (int index = 0; index < rest.Length; index++)
            {
                last |= (float)rest[index] > 0 ? 1UL << index : 0;
            }

            words[whole] = last;
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels.Activations;

/// <summary>The Hamming distance of packed bits.</summary>
internal static class BitDistance
{
    private const int VectorsOfBlock = 8;

    // How many bits each number of four bits has.
    private static Vector512<byte> CountsOfFour
    {
        get
        {
            Vector128<byte> four = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
            Vector256<byte> twice = Vector256.Create(four, four);
            return Vector512.Create(twice, twice);
        }
    }

    /// <summary>Counts the bits in which two rows of the same length differ.</summary>
    public static long Between(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        int counted = 0;
        long distance = 0;
        if (Avx512BW.IsSupported)
        {
            ReadOnlySpan<Vector512<ulong>> left = MemoryMarshal.Cast<ulong, Vector512<ulong>>(a);
            ReadOnlySpan<Vector512<ulong>> right = MemoryMarshal.Cast<ulong, Vector512<ulong>>(b)[..left.Length];
            distance = BetweenBlocks(left, right);
            counted = left.Length / VectorsOfBlock * VectorsOfBlock * Vector512<ulong>.Count;
        }

        for (int word = counted; word < a.Length; word++)
        {
            distance += BitOperations.PopCount(a[word] ^ b[word]);
        }

        return distance;
    }

    // Harley and Seal: adders of whole vectors bring eight down to four, of which each bit stands for 1, 2, 4 or 8.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long BetweenBlocks(ReadOnlySpan<Vector512<ulong>> a, ReadOnlySpan<Vector512<ulong>> b)
    {
        Vector512<ulong> ones = Vector512<ulong>.Zero;
        Vector512<ulong> twos = Vector512<ulong>.Zero;
        Vector512<ulong> fours = Vector512<ulong>.Zero;
        Vector512<ulong> eightsCount = Vector512<ulong>.Zero;
        for (int index = 0; index <= a.Length - VectorsOfBlock; index += VectorsOfBlock)
        {
            (ones, Vector512<ulong> twosA) = Add(ones, a[index] ^ b[index], a[index + 1] ^ b[index + 1]);
            (ones, Vector512<ulong> twosB) = Add(ones, a[index + 2] ^ b[index + 2], a[index + 3] ^ b[index + 3]);
            (twos, Vector512<ulong> foursA) = Add(twos, twosA, twosB);
            (ones, twosA) = Add(ones, a[index + 4] ^ b[index + 4], a[index + 5] ^ b[index + 5]);
            (ones, twosB) = Add(ones, a[index + 6] ^ b[index + 6], a[index + 7] ^ b[index + 7]);
            (twos, Vector512<ulong> foursB) = Add(twos, twosA, twosB);
            (fours, Vector512<ulong> eights) = Add(fours, foursA, foursB);
            eightsCount += PopCount(eights);
        }

        Vector512<ulong> count = (eightsCount << 3) + (PopCount(fours) << 2) + (PopCount(twos) << 1) + PopCount(ones);
        return (long)Vector512.Sum(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<ulong> Sum, Vector512<ulong> Carry) Add(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c)
    {
        // The tables of a ⊕ b ⊕ c and of the majority of a, b, c.
        return (Avx512F.TernaryLogic(a, b, c, 0x96), Avx512F.TernaryLogic(a, b, c, 0xE8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> PopCount(Vector512<ulong> bits)
    {
        Vector512<byte> low = Vector512.Create((byte)0x0F);
        Vector512<byte> counts = Avx512BW.Shuffle(CountsOfFour, bits.AsByte() & low)
            + Avx512BW.Shuffle(CountsOfFour, (bits >> 4).AsByte() & low);
        return Avx512BW.SumAbsoluteDifferences(counts, Vector512<byte>.Zero).AsUInt64();
    }
}

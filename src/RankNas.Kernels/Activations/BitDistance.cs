using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels.Activations;

/// <summary>The Hamming distance of packed bits.</summary>
internal static class BitDistance
{
    private const int VectorsOfBlock = 16;

    /// <summary>Counts the bits in which two rows of the same length differ.</summary>
    public static long Between(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        int counted = 0;
        long distance = 0;
        if (Avx512BW.IsSupported)
        {
            counted = a.Length / Vector512<ulong>.Count * Vector512<ulong>.Count;
            distance = BetweenVectors(a[..counted], b[..counted]);
        }

        for (int word = counted; word < a.Length; word++)
        {
            distance += BitOperations.PopCount(a[word] ^ b[word]);
        }

        return distance;
    }

    // Harley and Seal: adders of whole vectors bring sixteen down to five, of which each bit stands for 1, 2, 4, 8 or 16.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long BetweenVectors(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        Vector128<byte> counts = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        Vector256<byte> twice = Vector256.Create(counts, counts);
        Vector512<byte> table = Vector512.Create(twice, twice);
        Vector512<ulong> ones = default, twos = default, fours = default, eights = default, total = default;
        ref ulong left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
        int vectors = a.Length / Vector512<ulong>.Count, index = 0;
        for (; index <= vectors - VectorsOfBlock; index += VectorsOfBlock)
        {
            Vector512<ulong> foursA = Fours(ref left, ref right, index, ref ones, ref twos);
            Vector512<ulong> foursB = Fours(ref left, ref right, index + 4, ref ones, ref twos);
            Vector512<ulong> eightsA = Carry(fours, foursA, foursB);
            fours = Sum(fours, foursA, foursB);
            foursA = Fours(ref left, ref right, index + 8, ref ones, ref twos);
            foursB = Fours(ref left, ref right, index + 12, ref ones, ref twos);
            Vector512<ulong> eightsB = Carry(fours, foursA, foursB);
            fours = Sum(fours, foursA, foursB);
            total += PopCount(Carry(eights, eightsA, eightsB), table);
            eights = Sum(eights, eightsA, eightsB);
        }

        total = (total << 4) + (PopCount(eights, table) << 3) + (PopCount(fours, table) << 2) + (PopCount(twos, table) << 1) + PopCount(ones, table);
        for (; index < vectors; index++)
        {
            total += PopCount(Difference(ref left, ref right, index), table);
        }

        return (long)Vector512.Sum(total);
    }

    // Four vectors more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Fours(ref ulong a, ref ulong b, int index, ref Vector512<ulong> ones, ref Vector512<ulong> twos)
    {
        Vector512<ulong> first = Difference(ref a, ref b, index), second = Difference(ref a, ref b, index + 1);
        Vector512<ulong> twosA = Carry(ones, first, second);
        ones = Sum(ones, first, second);
        first = Difference(ref a, ref b, index + 2);
        second = Difference(ref a, ref b, index + 3);
        Vector512<ulong> twosB = Carry(ones, first, second);
        ones = Sum(ones, first, second);
        Vector512<ulong> fours = Carry(twos, twosA, twosB);
        twos = Sum(twos, twosA, twosB);
        return fours;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Difference(ref ulong a, ref ulong b, int index) =>
        Vector512.LoadUnsafe(ref a, (nuint)(index * Vector512<ulong>.Count)) ^ Vector512.LoadUnsafe(ref b, (nuint)(index * Vector512<ulong>.Count));

    // The table of a ⊕ b ⊕ c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Sum(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) => Avx512F.TernaryLogic(a, b, c, 0x96);

    // The table of the majority of a, b, c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Carry(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) => Avx512F.TernaryLogic(a, b, c, 0xE8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> PopCount(Vector512<ulong> bits, Vector512<byte> countsOfFour)
    {
        Vector512<byte> low = Vector512.Create((byte)0x0F);
        Vector512<byte> counts = Avx512BW.Shuffle(countsOfFour, bits.AsByte() & low) + Avx512BW.Shuffle(countsOfFour, (bits >> 4).AsByte() & low);
        return Avx512BW.SumAbsoluteDifferences(counts, Vector512<byte>.Zero).AsUInt64();
    }
}

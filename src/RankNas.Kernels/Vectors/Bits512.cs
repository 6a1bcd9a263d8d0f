using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels.Vectors;

/// <summary>512 bits: the registers of AVX-512.</summary>
/// <param name="bits">The bits.</param>
internal readonly struct Bits512(Vector512<ulong> bits) : IBitVector<Bits512>
{
    private readonly Vector512<ulong> _bits = bits;

    /// <summary>Gets whether the processor has such vectors.</summary>
    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Words => Vector512<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 Load(ref ulong from, int offset) => new(Vector512.LoadUnsafe(ref from, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 operator ^(Bits512 left, Bits512 right) => new(left._bits ^ right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 operator +(Bits512 left, Bits512 right) => new(left._bits + right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 operator <<(Bits512 value, int bits) => new(value._bits << bits);

    // By the table of the majority of a, b, c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 Carry(Bits512 a, Bits512 b, Bits512 c) => new(Avx512F.TernaryLogic(a._bits, b._bits, c._bits, 0xE8));

    // By the table of a ⊕ b ⊕ c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits512 Sum(Bits512 a, Bits512 b, Bits512 c) => new(Avx512F.TernaryLogic(a._bits, b._bits, c._bits, 0x96));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Bits512 PopCount()
    {
        Vector128<byte> counts = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        Vector512<byte> table = Vector512.Create(Vector256.Create(counts, counts), Vector256.Create(counts, counts));
        Vector512<byte> low = Vector512.Create((byte)0x0F);
        Vector512<byte> sums = Avx512BW.Shuffle(table, _bits.AsByte() & low) + Avx512BW.Shuffle(table, (_bits >> 4).AsByte() & low);
        return new(Avx512BW.SumAbsoluteDifferences(sums, Vector512<byte>.Zero).AsUInt64());
    }

    public long SumOfWords() => (long)Vector512.Sum(_bits);
}

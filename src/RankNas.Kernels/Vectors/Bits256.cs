using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels.Vectors;

/// <summary>256 bits: the registers of AVX2.</summary>
/// <param name="bits">The bits.</param>
internal readonly struct Bits256(Vector256<ulong> bits) : IBitVector<Bits256>
{
    private readonly Vector256<ulong> _bits = bits;

    /// <summary>Gets whether the processor has such vectors.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    public static int Words => Vector256<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 Load(ref ulong from, int offset) => new(Vector256.LoadUnsafe(ref from, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 operator ^(Bits256 left, Bits256 right) => new(left._bits ^ right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 operator +(Bits256 left, Bits256 right) => new(left._bits + right._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 operator <<(Bits256 value, int bits) => new(value._bits << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 Carry(Bits256 a, Bits256 b, Bits256 c) => new((a._bits & b._bits) | ((a._bits ^ b._bits) & c._bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bits256 Sum(Bits256 a, Bits256 b, Bits256 c) => new(a._bits ^ b._bits ^ c._bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Bits256 PopCount()
    {
        Vector128<byte> counts = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        Vector256<byte> table = Vector256.Create(counts, counts);
        Vector256<byte> low = Vector256.Create((byte)0x0F);
        Vector256<byte> sums = Avx2.Shuffle(table, _bits.AsByte() & low) + Avx2.Shuffle(table, (_bits >> 4).AsByte() & low);
        return new(Avx2.SumAbsoluteDifferences(sums, Vector256<byte>.Zero).AsUInt64());
    }

    public long SumOfWords() => (long)Vector256.Sum(_bits);
}

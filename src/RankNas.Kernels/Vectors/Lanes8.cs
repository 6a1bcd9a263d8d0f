using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels.Vectors;

/// <summary>Eight float32: the registers of AVX2.</summary>
/// <param name="values">The values.</param>
internal readonly struct Lanes8(Vector256<float> values) : IFloatVector<Lanes8>
{
    private readonly Vector256<float> _values = values;

    /// <summary>Gets whether the processor has such vectors, and a multiply-add for them.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated && Fma.IsSupported;

    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 left, Lanes8 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 left, Lanes8 right) => new(left._values - right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 left, float right) => new(left._values * right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Load(ref float from, nuint offset) => new(Vector256.LoadUnsafe(ref from, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 LoadUpperHalves(ref ushort from, nuint offset) =>
        new((Vector256.WidenLower(Vector128.LoadUnsafe(ref from, offset).ToVector256Unsafe()) << BFloat16Value.Width).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 MultiplyAdd(Lanes8 factor, Lanes8 other, Lanes8 added) => new(Vector256.FusedMultiplyAdd(factor._values, other._values, added._values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes8 Clamp(Lanes8 least, Lanes8 most) => new(Vector256.MinNative(most._values, Vector256.MaxNative(least._values, _values)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint AreGreaterThanZero() => (uint)Vector256.GreaterThan(_values, Vector256<float>.Zero).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float to, nuint offset) => _values.StoreUnsafe(ref to, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUpperHalves(ref ushort to, nuint offset)
    {
        Vector256<uint> bits = _values.AsUInt32();
        Vector256<uint> rounded = (bits + Vector256.Create(BFloat16Value.BelowHalf) + ((bits >> BFloat16Value.Width) & Vector256<uint>.One)) >> BFloat16Value.Width;
        Vector256<uint> isNumber = Vector256.Equals(_values, _values).AsUInt32();
        Vector256<uint> chosen = Vector256.ConditionalSelect(isNumber, rounded, Vector256.Create(BFloat16Value.NotANumber));
        Vector128<ushort> halves = Avx512F.VL.IsSupported ? Avx512F.VL.ConvertToVector128UInt16(chosen) : Vector128.Narrow(chosen.GetLower(), chosen.GetUpper());
        halves.StoreUnsafe(ref to, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref double sums)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(_values);
        (Vector256.LoadUnsafe(ref sums) + lower).StoreUnsafe(ref sums);
        nuint middle = (nuint)Vector256<double>.Count;
        (Vector256.LoadUnsafe(ref sums, middle) + upper).StoreUnsafe(ref sums, middle);
    }
}

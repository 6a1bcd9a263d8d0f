using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels.Vectors;

/// <summary>Sixteen float32: the registers of AVX-512.</summary>
/// <param name="values">The values.</param>
internal readonly struct Lanes16(Vector512<float> values) : IFloatVector<Lanes16>
{
    private readonly Vector512<float> _values = values;

    /// <summary>Gets whether the processor has such vectors.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator +(Lanes16 left, Lanes16 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator -(Lanes16 left, Lanes16 right) => new(left._values - right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 operator *(Lanes16 left, float right) => new(left._values * right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 Load(ref float from, nuint offset) => new(Vector512.LoadUnsafe(ref from, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 LoadUpperHalves(ref ushort from, nuint offset) =>
        new((Vector512.WidenLower(Vector256.LoadUnsafe(ref from, offset).ToVector512Unsafe()) << BFloat16Value.Width).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 MultiplyAdd(Lanes16 factor, Lanes16 other, Lanes16 added) => new(Vector512.FusedMultiplyAdd(factor._values, other._values, added._values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes16 Clamp(Lanes16 least, Lanes16 most) => new(Vector512.MinNative(most._values, Vector512.MaxNative(least._values, _values)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint AreGreaterThanZero() => (uint)Vector512.GreaterThan(_values, Vector512<float>.Zero).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float to, nuint offset) => _values.StoreUnsafe(ref to, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUpperHalves(ref ushort to, nuint offset)
    {
        Vector512<uint> bits = _values.AsUInt32();
        Vector512<uint> rounded = (bits + Vector512.Create(BFloat16Value.BelowHalf) + ((bits >> BFloat16Value.Width) & Vector512<uint>.One)) >> BFloat16Value.Width;
        Vector512<uint> isNumber = Vector512.Equals(_values, _values).AsUInt32();
        Vector512<uint> chosen = Vector512.ConditionalSelect(isNumber, rounded, Vector512.Create(BFloat16Value.NotANumber));
        Avx512F.ConvertToVector256UInt16(chosen).StoreUnsafe(ref to, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref double sums)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(_values);
        (Vector512.LoadUnsafe(ref sums) + lower).StoreUnsafe(ref sums);
        nuint middle = (nuint)Vector512<double>.Count;
        (Vector512.LoadUnsafe(ref sums, middle) + upper).StoreUnsafe(ref sums, middle);
    }
}

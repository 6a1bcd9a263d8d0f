using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels.Vectors;

/// <summary>Four float32: the registers of NEON and SSE.</summary>
/// <param name="values">The values.</param>
internal readonly struct Lanes4(Vector128<float> values) : IFloatVector<Lanes4>
{
    private readonly Vector128<float> _values = values;

    /// <summary>Gets whether the processor has such vectors.</summary>
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 left, Lanes4 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 left, Lanes4 right) => new(left._values - right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 left, float right) => new(left._values * right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Create(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref float from, nuint offset) => new(Vector128.LoadUnsafe(ref from, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LoadUpperHalves(ref ushort from, nuint offset) =>
        new((Vector128.WidenLower(Vector64.LoadUnsafe(ref from, offset).ToVector128Unsafe()) << BFloat16Value.Width).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAdd(Lanes4 factor, Lanes4 other, Lanes4 added) => new(Fma.IsSupported || AdvSimd.IsSupported
        ? Vector128.FusedMultiplyAdd(factor._values, other._values, added._values)
        : MultiplyAddInFloat64(factor._values, other._values, added._values));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes4 Clamp(Lanes4 least, Lanes4 most) => new(Vector128.MinNative(most._values, Vector128.MaxNative(least._values, _values)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint AreGreaterThanZero() => (uint)Vector128.GreaterThan(_values, Vector128<float>.Zero).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float to, nuint offset) => _values.StoreUnsafe(ref to, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreUpperHalves(ref ushort to, nuint offset)
    {
        Vector128<uint> bits = _values.AsUInt32();
        Vector128<uint> rounded = (bits + Vector128.Create(BFloat16Value.BelowHalf) + ((bits >> BFloat16Value.Width) & Vector128<uint>.One)) >> BFloat16Value.Width;
        Vector128<uint> isNumber = Vector128.Equals(_values, _values).AsUInt32();
        Vector128<uint> chosen = Vector128.ConditionalSelect(isNumber, rounded, Vector128.Create(BFloat16Value.NotANumber));
        Vector128.Narrow(chosen, chosen).GetLower().StoreUnsafe(ref to, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(ref double sums)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(_values);
        (Vector128.LoadUnsafe(ref sums) + lower).StoreUnsafe(ref sums);
        nuint middle = (nuint)Vector128<double>.Count;
        (Vector128.LoadUnsafe(ref sums, middle) + upper).StoreUnsafe(ref sums, middle);
    }

    // The product is exact in float64: BatchNorm's x · scale + shift cancels, and would keep the product's rounding error alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> MultiplyAddInFloat64(Vector128<float> factor, Vector128<float> other, Vector128<float> added)
    {
        Vector128<double> lower = (Vector128.WidenLower(factor) * Vector128.WidenLower(other)) + Vector128.WidenLower(added);
        Vector128<double> upper = (Vector128.WidenUpper(factor) * Vector128.WidenUpper(other)) + Vector128.WidenUpper(added);
        return Vector128.Narrow(lower, upper);
    }
}

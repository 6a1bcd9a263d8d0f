using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>A float32.</summary>
/// <param name="Value">The number.</param>
internal readonly record struct Float32Value(float Value) : IPixelValue<Float32Value>
{
    public static ScalarType Format => ScalarType.Float32;

    public static bool IsSupported => true;

    public static explicit operator float(Float32Value value) => value.Value;

    public static explicit operator Float32Value(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref Float32Value from, nuint offset) =>
        Vector512.LoadUnsafe(ref Unsafe.As<Float32Value, float>(ref from), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalf(ref Float32Value from, nuint offset) =>
        Vector256.LoadUnsafe(ref Unsafe.As<Float32Value, float>(ref from), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ref Float32Value to, nuint offset) =>
        values.StoreUnsafe(ref Unsafe.As<Float32Value, float>(ref to), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(Vector256<float> values, ref Float32Value to, nuint offset) =>
        values.StoreUnsafe(ref Unsafe.As<Float32Value, float>(ref to), offset);

    public static void StoreFirst(Vector512<float> values, ref Float32Value to, nuint offset, int count)
    {
        ref float start = ref Unsafe.As<Float32Value, float>(ref Unsafe.Add(ref to, offset));
        for (int lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref start, lane) = values[lane];
        }
    }
}

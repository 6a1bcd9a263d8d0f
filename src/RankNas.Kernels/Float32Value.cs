using System.Runtime.CompilerServices;
using RankNas.Kernels.Vectors;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>A float32.</summary>
/// <param name="Value">The number.</param>
internal readonly record struct Float32Value(float Value) : IPixelValue<Float32Value>
{
    public static ScalarType Format => ScalarType.Float32;

    public static explicit operator float(Float32Value value) => value.Value;

    public static explicit operator Float32Value(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector>(ref Float32Value from, nuint offset)
        where TVector : struct, IFloatVector<TVector> => TVector.Load(ref Unsafe.As<Float32Value, float>(ref from), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector values, ref Float32Value to, nuint offset)
        where TVector : struct, IFloatVector<TVector> => values.Store(ref Unsafe.As<Float32Value, float>(ref to), offset);
}

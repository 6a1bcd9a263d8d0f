using System.Runtime.CompilerServices;
using RankNas.Kernels.Vectors;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>A bfloat16: the upper half of a float32, rounded to the nearest, and half way to the even one.</summary>
/// <param name="Bits">The bits.</param>
internal readonly record struct BFloat16Value(ushort Bits) : IPixelValue<BFloat16Value>
{
    /// <summary>The bits.</summary>
    public const int Width = 16;

    /// <summary>The bits of a NaN.</summary>
    public const uint NotANumber = 0x7FC0;

    /// <summary>What is added to round: one less than half of the last bit that stays.</summary>
    public const uint BelowHalf = 0x7FFF;

    public static ScalarType Format => ScalarType.BFloat16;

    public static explicit operator float(BFloat16Value value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << Width);

    public static explicit operator BFloat16Value(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new BFloat16Value((ushort)(float.IsNaN(value) ? NotANumber : (bits + BelowHalf + ((bits >> Width) & 1)) >> Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector>(ref BFloat16Value from, nuint offset)
        where TVector : struct, IFloatVector<TVector> => TVector.LoadUpperHalves(ref Unsafe.As<BFloat16Value, ushort>(ref from), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector values, ref BFloat16Value to, nuint offset)
        where TVector : struct, IFloatVector<TVector> => values.StoreUpperHalves(ref Unsafe.As<BFloat16Value, ushort>(ref to), offset);
}

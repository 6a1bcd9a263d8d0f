using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace RankNas.Kernels;

/// <summary>A bfloat16: the upper half of a float32, rounded to the nearest, and half way to the even one.</summary>
/// <param name="Bits">The bits.</param>
internal readonly record struct BFloat16Value(ushort Bits) : IPixelValue<BFloat16Value>
{
    private const int Width = 16;
    private const uint NotANumber = 0x7FC0;
    private const uint BelowHalf = 0x7FFF;

    public static ScalarType Format => ScalarType.BFloat16;

    public static bool IsSupported => RankNas.Kernels.InstructionSet.ConvertsHalves;

    public static explicit operator float(BFloat16Value value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << Width);

    public static explicit operator BFloat16Value(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new BFloat16Value((ushort)(float.IsNaN(value) ? NotANumber : (bits + BelowHalf + ((bits >> Width) & 1)) >> Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref BFloat16Value from, nuint offset) =>
        (Avx512F.ConvertToVector512UInt32(Vector256.LoadUnsafe(ref BitsOf(ref from), offset)) << Width).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalf(ref BFloat16Value from, nuint offset) =>
        (Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref BitsOf(ref from), offset)) << Width).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, ref BFloat16Value to, nuint offset)
    {
        Vector512<uint> bits = values.AsUInt32();
        Vector512<uint> rounded = (bits + Vector512.Create(BelowHalf) + ((bits >> Width) & Vector512<uint>.One)) >> Width;
        Vector512<uint> isNumber = Vector512.Equals(values, values).AsUInt32();
        Avx512F.ConvertToVector256UInt16(Vector512.ConditionalSelect(isNumber, rounded, Vector512.Create(NotANumber)))
            .StoreUnsafe(ref BitsOf(ref to), offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalf(Vector256<float> values, ref BFloat16Value to, nuint offset)
    {
        Vector256<uint> bits = values.AsUInt32();
        Vector256<uint> rounded = (bits + Vector256.Create(BelowHalf) + ((bits >> Width) & Vector256<uint>.One)) >> Width;
        Vector256<uint> isNumber = Vector256.Equals(values, values).AsUInt32();
        Avx512F.VL.ConvertToVector128UInt16(Vector256.ConditionalSelect(isNumber, rounded, Vector256.Create(NotANumber)))
            .StoreUnsafe(ref BitsOf(ref to), offset);
    }

    public static void StoreFirst(Vector512<float> values, ref BFloat16Value to, nuint offset, int count)
    {
        ref BFloat16Value start = ref Unsafe.Add(ref to, offset);
        for (int lane = 0; lane < count; lane++)
        {
            Unsafe.Add(ref start, lane) = (BFloat16Value)values[lane];
        }
    }

    private static ref ushort BitsOf(ref BFloat16Value value) => ref Unsafe.As<BFloat16Value, ushort>(ref value);
}

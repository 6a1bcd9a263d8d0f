using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels;

/// <summary>The instruction set that the kernels use in this process.</summary>
public static class InstructionSet
{
    /// <summary>Gets its name: <c>avx512</c>, <c>avx2</c>, <c>neon</c> or <c>none</c>.</summary>
    public static string Current { get; } =
        Vector512.IsHardwareAccelerated ? "avx512"
        : Vector256.IsHardwareAccelerated ? "avx2"
        : AdvSimd.IsSupported ? "neon"
        : "none";

    /// <summary>Gets whether vectors of sixteen float32 fit into registers. Otherwise sixteen accumulators do not, and libtorch's convolutions are faster.</summary>
    internal static bool HasWideVectors => Vector512.IsHardwareAccelerated;

    /// <summary>Gets whether conversions between bfloat16 and float32 are vectorised.</summary>
    internal static bool ConvertsHalves => Avx512F.VL.IsSupported;
}

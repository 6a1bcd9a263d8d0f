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

    /// <summary>Gets whether vectors of eight float32 fit into registers, with a multiply-add of their own. Otherwise libtorch's convolutions are faster.</summary>
    internal static bool HasMultiplyAdd => Vector512.IsHardwareAccelerated || (Vector256.IsHardwareAccelerated && Fma.IsSupported);
}

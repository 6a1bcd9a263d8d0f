using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

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
}

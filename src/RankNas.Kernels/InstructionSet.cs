using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RankNas.Kernels;

/// <summary>What the processor has, as far as kernels are chosen by it.</summary>
internal static class InstructionSet
{
    /// <summary>Gets whether vectors of sixteen float32 are registers: without, sixteen sums of them do not fit, and libtorch convolves faster.</summary>
    public static bool HasWideVectors => Vector512.IsHardwareAccelerated;

    /// <summary>Gets whether numbers are made shorter and longer by whole vectors.</summary>
    public static bool ConvertsHalves => Avx512F.VL.IsSupported;
}

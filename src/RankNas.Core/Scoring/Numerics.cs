using RankNas.Kernels;
using RankNas.Torch;

namespace RankNas.Scoring;

/// <summary>Names what computes scores in this process: what differs in their last digits has different names.</summary>
internal static class Numerics
{
    // Raised when the same network and images come to other scores.
    private const int Engine = 2;

    /// <summary>Gets the name, as <see cref="ScoreScope.Numerics"/> has it.</summary>
    public static string Of(ComputeDevice device, bool usesKernels, bool allowsTensorFloat32)
    {
        // What is missing is said before anything is scored.
        TorchRuntime.EnsureLoaded();

        // libtorch has kernels of its own, which this variable chooses where it is set.
        string? forced = Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY");
        string libtorch = $"libtorch{TorchRuntime.LibtorchVersion}{(string.IsNullOrEmpty(forced) ? "" : $"+{forced}")}";
        string kernels = usesKernels && device.IsCpu ? InstructionSet.Current : "tensors";
        return $"engine{Engine}-{kernels}-{libtorch}-{device.KindId}{(allowsTensorFloat32 && !device.IsCpu ? "+tf32" : "")}";
    }
}

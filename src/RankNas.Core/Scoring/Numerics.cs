using RankNas.Kernels;
using RankNas.Torch;
using TorchSharp;

namespace RankNas.Scoring;

/// <summary>Names what computes scores in this process: what differs in their last digits has different names.</summary>
internal static class Numerics
{
    // Raised when the same network and images come to other scores.
    private const int Engine = 2;

    /// <summary>Gets the name, as <see cref="ScoreScope.Numerics"/> has it.</summary>
    public static string Of(DeviceType device)
    {
        // Its version is asked of libtorch, which TorchSharp alone does not load everywhere.
        TorchRuntime.EnsureLoaded();

        // libtorch has kernels of its own, which this variable chooses where it is set.
        string? forced = Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY");
        string libtorch = $"libtorch{torch.__version__}{(string.IsNullOrEmpty(forced) ? "" : $"+{forced}")}";
        return $"engine{Engine}-{InstructionSet.Current}-{libtorch}-{device.ToString().ToLowerInvariant()}";
    }
}

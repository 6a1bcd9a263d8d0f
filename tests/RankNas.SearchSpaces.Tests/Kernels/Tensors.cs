using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>How far tensors are apart.</summary>
internal static class Tensors
{
    /// <summary>The largest difference, beside the largest value and 1.</summary>
    public static double Difference(Tensor expected, Tensor actual) =>
        ((expected - actual.to(ScalarType.Float64)).abs().max() / (1 + expected.abs().max())).item<double>();
}

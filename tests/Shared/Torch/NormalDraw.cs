using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>Normal draws that are the same in every run, whatever other tests draw from the global generator at the same time.</summary>
internal static class NormalDraw
{
    public static Tensor Of(params long[] shape) => Seeded(1, shape);

    /// <summary>The same shape with other numbers for every seed.</summary>
    public static Tensor Seeded(int seed, params long[] shape)
    {
        using var generator = new Generator((ulong)(uint)seed);
        return randn(shape, ScalarType.Float32, generator: generator);
    }
}

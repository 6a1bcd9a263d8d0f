using static TorchSharp.torch;

namespace RankNas.Tests;

/// <summary>How far tensors are apart, and whether they are at all.</summary>
internal static class Tensors
{
    /// <summary>The largest difference, beside the largest value and 1.</summary>
    public static double Difference(Tensor expected, Tensor actual) =>
        ((expected - actual.to(ScalarType.Float64)).abs().max() / (1 + expected.abs().max())).item<double>();

    public static byte[] Bytes(Tensor images)
    {
        using Tensor own = images.clone().contiguous();
        return own.bytes.ToArray();
    }

    /// <summary>What comes of work on this thread and on idle cores.</summary>
    public static byte[] BytesOnSeveralCores(Func<Tensor> work)
    {
        byte[] bytes = [];
        new SharedCores(4).Use(() => bytes = Bytes(work()));
        return bytes;
    }
}

using RankNas.Torch;
using static TorchSharp.torch;

namespace RankNas.Kernels.Tests.Support;

/// <summary>How far tensors are apart, and whether they are at all.</summary>
internal static class Tensors
{
    /// <summary>The largest difference, beside the largest value and 1.</summary>
    public static double Difference(Tensor expected, Tensor actual) =>
        Between(expected, actual).abs().max().item<double>() / (1 + expected.abs().max().item<double>());

    public static Tensor Between(Tensor expected, Tensor actual) => expected.Plus(actual.to(ScalarType.Float64).neg());

    /// <summary>Fills a tensor with a number that lives until libtorch has read it.</summary>
    public static Tensor Filled(Tensor tensor, double value)
    {
        using TorchSharp.Scalar held = value;
        return tensor.fill_(held);
    }

    /// <summary>Tells whether a tensor holds one number all over.</summary>
    public static bool IsFilled(Tensor tensor, double value) => tensor.to(ScalarType.Float64).min().item<double>() == value && tensor.to(ScalarType.Float64).max().item<double>() == value;


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

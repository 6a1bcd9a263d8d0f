using RankNas.Initialization;
using static TorchSharp.torch;

namespace RankNas.Proxies.Gradients;

/// <summary>The labels that a loss is computed with: the batch's own, or drawn ones where it has none that fit.</summary>
internal static class ProbeLabels
{
    /// <summary>How <see cref="IZeroCostProxy.Settings"/> says it.</summary>
    public const string Setting = "labels=own-or-drawn";

    /// <summary>Gets the batch's labels if each is one of the classes, else labels drawn from the batch's seed for all images.</summary>
    /// <returns>Class indices <c>[N]</c>, int64.</returns>
    public static Tensor For(ProbeBatch batch, long classes)
    {
        if (batch.Labels is { } own && own.min().item<long>() >= 0 && own.max().item<long>() < classes)
        {
            return own.alias();
        }

        long[] drawn = new long[batch.Size];
        SplitMix64.FillBelow((ulong)StableSeed.Derive(batch.Seed, "labels"), classes, drawn);
        return tensor(drawn, device: CPU);
    }
}

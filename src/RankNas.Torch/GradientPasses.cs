using static TorchSharp.torch;

namespace RankNas.Torch;

/// <summary>Keeps passes that take gradients apart from all others.</summary>
/// <remarks>
/// libtorch 2.10's oneDNN is not safe when one thread takes the gradients of float32 convolutions while another computes convolutions.
/// With gradients on both, results may be wrong, or the process ends with a segmentation fault; with gradients on one, a pass of
/// the other is wrong as a whole in about one of 6,000 new shapes. Passes without gradients are safe beside each other.
/// </remarks>
public static class GradientPasses
{
    private static readonly ThreadGate Gate = new();

    /// <summary>Waits until no other thread is in a pass, with gradients or without, and keeps others waiting until the end.</summary>
    /// <param name="network">
    /// The network that the passes are of, where it is known. One whose parameters are all in float64 waits for nobody, as libtorch computes
    /// float64 without oneDNN.
    /// </param>
    /// <returns>What ends it, by disposal on this same thread. The thread may call this again meanwhile.</returns>
    /// <exception cref="InvalidOperationException">The thread is in a pass without gradients, which has to end first.</exception>
    public static IDisposable Exclusive(nn.Module? network = null)
    {
        if (IsInFloat64(network))
        {
            return Nothing.Instance;
        }

        if (Gate.IsSharedByThisThread)
        {
            throw new InvalidOperationException(
                "Gradients cannot be taken within a pass without gradients: take them before or after it, in a proxy that is not an IActivationProxy.");
        }

        return Gate.Exclusive();
    }

    /// <summary>Waits until no other thread takes gradients, and keeps those that would waiting until the end. Passes without gradients go on side by side.</summary>
    /// <param name="network">The network that the passes are of, as in <see cref="Exclusive"/>.</param>
    /// <returns>What ends it, by disposal on this same thread. The thread may call this again meanwhile.</returns>
    public static IDisposable Shared(nn.Module? network = null)
    {
        if (IsInFloat64(network))
        {
            return Nothing.Instance;
        }

        return Gate.Shared();
    }

    /// <summary>Tells whether a thread waits for others to end their passes.</summary>
    internal static bool IsWaiting(Thread thread) => Gate.IsWaiting(thread);

    /// <summary>Has others no longer wait for a thread that does not come back from its pass, and does not let it begin another.</summary>
    /// <remarks>If it is in libtorch all the same, what the remarks of this class warn of may happen to a pass beside it.</remarks>
    internal static void GiveUp(Thread thread) => Gate.GiveUp(thread);

    private static bool IsInFloat64(nn.Module? network)
    {
        ScalarType[] formats = [.. (network?.parameters() ?? []).Select(parameter => parameter.dtype).Distinct()];
        return formats is [ScalarType.Float64];
    }

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}

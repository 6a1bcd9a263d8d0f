namespace RankNas.Torch;

/// <summary>A reader-writer lock: a pass with gradients excludes all other passes.</summary>
/// <remarks>
/// In libtorch 2.10, oneDNN is not thread-safe while one thread computes gradients of float32 convolutions and another computes convolutions.
/// With gradients on both, results may be wrong, or the process ends with a segmentation fault. With gradients on one, the output of
/// the other is entirely wrong for about one of 6,000 new shapes. Passes without gradients can run concurrently.
/// </remarks>
public static class GradientPasses
{
    private static readonly ThreadGate Gate = new();

    /// <summary>Takes the exclusive lock, for passes with gradients: waits for all passes of other threads, and blocks new ones.</summary>
    /// <param name="network">
    /// The network, if known. For a network with all parameters in float64 or on a GPU, no lock is needed, because libtorch computes
    /// these without oneDNN.
    /// </param>
    /// <returns>Releases the lock when disposed, on the same thread. The lock is recursive.</returns>
    /// <exception cref="InvalidOperationException">The thread holds the shared lock, which it has to release first.</exception>
    public static IDisposable Exclusive(nn.Module? network = null)
    {
        if (IsWithoutOneDnn(network))
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

    /// <summary>Takes the shared lock, for passes without gradients: waits for passes with gradients, and blocks new ones.</summary>
    /// <param name="network">The network, as in <see cref="Exclusive"/>.</param>
    /// <returns>Releases the lock when disposed, on the same thread. The lock is recursive.</returns>
    public static IDisposable Shared(nn.Module? network = null)
    {
        if (IsWithoutOneDnn(network))
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

    private static bool IsWithoutOneDnn(nn.Module? network)
    {
        Tensor[] parameters = [.. network?.parameters() ?? []];
        return parameters.Length > 0
            && Array.TrueForAll(parameters, parameter => parameter.dtype == ScalarType.Float64 || parameter.device_type != DeviceType.CPU);
    }

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}

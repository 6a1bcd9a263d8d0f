using static TorchSharp.torch;

namespace RankNas;

/// <summary>Keeps passes that take gradients apart from all others.</summary>
/// <remarks>
/// libtorch 2.10's oneDNN is not safe when one thread takes the gradients of float32 convolutions while another computes convolutions.
/// With gradients on both, results may be wrong, or the process ends with a segmentation fault; with gradients on one, a pass of
/// the other is wrong as a whole in about one of 6,000 new shapes. Passes without gradients are safe beside each other.
/// </remarks>
public static class GradientPasses
{
    private static readonly ReaderWriterLockSlim Gate = new(LockRecursionPolicy.SupportsRecursion);

    /// <summary>Waits until no other thread is in a pass, with gradients or without, and keeps others waiting until the end.</summary>
    /// <returns>What ends it, by disposal on this same thread. The thread may call this again meanwhile.</returns>
    /// <exception cref="InvalidOperationException">The thread is in a pass without gradients, which has to end first.</exception>
    public static IDisposable Alone()
    {
        if (Gate.IsReadLockHeld && !Gate.IsWriteLockHeld)
        {
            throw new InvalidOperationException(
                "Gradients cannot be taken within a pass without gradients: take them before or after it, in a proxy that is not an IActivationProxy.");
        }

        Gate.EnterWriteLock();
        return new Turn(Gate.ExitWriteLock);
    }

    /// <summary>Waits until no other thread takes gradients, and keeps those that would waiting until the end. Passes without gradients go on side by side.</summary>
    /// <returns>What ends it, by disposal on this same thread. The thread may call this again meanwhile.</returns>
    public static IDisposable Excluded()
    {
        Gate.EnterReadLock();
        return new Turn(Gate.ExitReadLock);
    }

    /// <summary>Is <see cref="Alone()"/> for passes of one network, without waiting where it computes in float64, which libtorch does without oneDNN.</summary>
    /// <param name="network">A network whose parameters have the number format that it computes in.</param>
    /// <returns>What ends it, by disposal on this same thread.</returns>
    /// <exception cref="InvalidOperationException">The thread is in a pass without gradients, which has to end first.</exception>
    public static IDisposable Alone(nn.Module network) => IsInFloat64(network) ? new Turn(() => { }) : Alone();

    /// <summary>Is <see cref="Excluded()"/> for passes of one network, without waiting where it computes in float64, which libtorch does without oneDNN.</summary>
    /// <param name="network">A network whose parameters have the number format that it computes in.</param>
    /// <returns>What ends it, by disposal on this same thread.</returns>
    public static IDisposable Excluded(nn.Module network) => IsInFloat64(network) ? new Turn(() => { }) : Excluded();

    private static bool IsInFloat64(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        ScalarType[] formats = [.. network.parameters().Select(parameter => parameter.dtype).Distinct()];
        return formats is [ScalarType.Float64];
    }

    private sealed class Turn(Action end) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!_isOver)
            {
                _isOver = true;
                end();
            }
        }
    }
}

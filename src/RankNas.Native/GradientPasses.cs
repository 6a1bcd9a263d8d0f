namespace RankNas;

/// <summary>Keeps passes that take gradients apart.</summary>
/// <remarks>
/// libtorch 2.10's oneDNN shares what it has compiled for the backward pass of a float32 convolution between threads, and is not safe when
/// two of them take gradients of equally large convolutions at once: the gradients may be wrong, or the process ends with a segmentation
/// fault. Passes without gradients are not affected, neither beside each other nor beside one that takes them.
/// </remarks>
public static class GradientPasses
{
    private static readonly Lock Gate = new();

    /// <summary>Waits until no other thread takes gradients under this method, and keeps others waiting until the end.</summary>
    /// <returns>What ends it, by disposal on this same thread. The thread may call this again meanwhile.</returns>
    public static IDisposable Alone()
    {
        Gate.Enter();
        return new Turn();
    }

    private sealed class Turn : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!_isOver)
            {
                Gate.Exit();
                _isOver = true;
            }
        }
    }
}

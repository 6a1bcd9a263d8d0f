namespace RankNas.Images.Decoding;

/// <summary>Lets pictures be decoded side by side as long as they fit into so much memory; one that is larger is decoded alone.</summary>
internal sealed class MemoryBudget(long bytes)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private long _taken;

    /// <summary>Waits until there is room.</summary>
    public void Take(long wanted, CancellationToken cancellationToken)
    {
        while (!TryTake(wanted))
        {
            cancellationToken.ThrowIfCancellationRequested();
            cancellationToken.WaitHandle.WaitOne(LookAgain);
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(long wanted)
    {
        lock (_lock)
        {
            _taken -= wanted;
        }
    }

    private bool TryTake(long wanted)
    {
        lock (_lock)
        {
            if (_taken > 0 && _taken + wanted > bytes)
            {
                return false;
            }

            _taken += wanted;
            return true;
        }
    }
}

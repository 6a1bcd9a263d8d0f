namespace RankNas;

/// <summary>Keeps the memory of a long run flat: gives back what the heap has kept, whole between networks, and by pages where it gets too much before.</summary>
internal sealed class WorkersMemory : IAsyncDisposable
{
    // What each worker and one more may hold or keep for as many images' values: more than networks need, for the heap is torn, and no slower than more.
    private const long KeptForAWorker = 320L << 20;

    private const long ValuesOfABatch = 128 * 3 * 32 * 32;

    // In which networks take some ten megabytes; looking takes 20 microseconds.
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(5);

    private readonly ThreadGate _underWay = new();
    private readonly Lock _watching = new();
    private readonly Timer _watch;
    private readonly long _most;

    /// <summary>Begins to watch, where freed memory is kept.</summary>
    /// <param name="workers">How many networks are under way at once.</param>
    /// <param name="values">The values of a batch of images.</param>
    public WorkersMemory(int workers, long values)
    {
        _most = (workers + 1) * (KeptForAWorker / ValuesOfABatch) * Math.Max(values, ValuesOfABatch);
        TimeSpan period = TorchAllocator.KeepsFreedMemory ? WatchPeriod : Timeout.InfiniteTimeSpan;
        _watch = new Timer(_ => GiveBackPages(), null, period, period);
    }

    /// <summary>Scores a network, and has what was kept given back if it is too much then.</summary>
    public void Use(Action work)
    {
        using (_underWay.Shared())
        {
            work();
        }

        GiveBackWhole();
    }

    /// <summary>Waits no longer for the network of a thread that does not come back.</summary>
    public void GiveUp(Thread thread) => _underWay.GiveUp(thread);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    // While no network is under way, all of the heap is free and comes back whole, so that what is in use is the same after each time.
    private void GiveBackWhole()
    {
        if (TorchAllocator.KeepsMoreThan(_most))
        {
            using IDisposable alone = _underWay.Alone();
            TorchAllocator.GiveBackFreedMemory(_most);
        }
    }

    // Networks under way carry memory beyond the limit, now and then far: in a long run, ever farther.
    private void GiveBackPages()
    {
        if (_watching.TryEnter())
        {
            try
            {
                TorchAllocator.GiveBackFreedPages(_most);
            }
            finally
            {
                _watching.Exit();
            }
        }
    }
}

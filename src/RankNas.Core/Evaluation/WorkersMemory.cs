namespace RankNas;

/// <summary>Keeps the memory of a long run flat: gives back what the heap has kept, whole between networks, and by pages where it gets too much before.</summary>
internal sealed class WorkersMemory : IAsyncDisposable
{
    // What each worker and one more may hold or keep for as many images' values: more than networks need, for the heap is torn, and no slower than more.
    private const long KeptForAWorker = 320L << 20;

    private const long ValuesOfABatch = 128 * 3 * 32 * 32;

    // In which networks take some ten megabytes; looking takes 20 microseconds.
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(5);

    private readonly ReaderWriterLockSlim _underWay = new();
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
        _underWay.EnterReadLock();
        try
        {
            work();
        }
        finally
        {
            _underWay.ExitReadLock();
        }

        GiveBackWhole();
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        _underWay.Dispose();
    }

    // While no network is under way, all of the heap is free and comes back whole, so that what is in use is the same after each time.
    private void GiveBackWhole()
    {
        if (TorchAllocator.KeepsMoreThan(_most))
        {
            _underWay.EnterWriteLock();
            TorchAllocator.GiveBackFreedMemory(_most);
            _underWay.ExitWriteLock();
        }
    }

    // Networks under way carry memory beyond the limit, now and then far: in a long run, ever farther.
    private void GiveBackPages()
    {
        if (_watching.TryEnter())
        {
            TorchAllocator.GiveBackFreedPages(_most);
            _watching.Exit();
        }
    }
}

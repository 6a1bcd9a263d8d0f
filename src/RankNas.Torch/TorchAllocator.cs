namespace RankNas;

/// <summary>The memory allocator that libtorch shares with the process.</summary>
public static class TorchAllocator
{
    private static readonly Lazy<GlibcHeap?> Kept = new(GlibcHeap.KeepFreedMemory);

    // Nobody is told of anything by asking for what was kept.
    private static GlibcHeap? KeptBefore => Kept.IsValueCreated ? Kept.Value : null;

    /// <summary>
    /// Has glibc keep freed memory for the next tensor instead of giving it back and taking page faults for it again, which makes
    /// forward passes 1.4 to 4 times faster. It holds for the whole process and cannot be undone. Where the process does not use
    /// glibc, or the environment already sets its allocator up (<c>GLIBC_TUNABLES</c> or <c>MALLOC_…</c>), nothing happens.
    /// </summary>
    /// <returns>Whether it was told, now or before.</returns>
    public static bool KeepFreedMemory() => Kept.Value is not null;

    /// <summary>
    /// Does work on a thread of its own that has its memory from the same heap as all others that this method starts, which is where
    /// <see cref="KeepFreedMemory"/> keeps it best. glibc's other heaps are pieces of 64 MB, into which one large activation fits and no second, so
    /// that threads elsewhere come to keep twice the memory. It is a thread like any other where no freed memory is kept.
    /// </summary>
    /// <param name="work">What to do.</param>
    /// <returns>A task that ends with the work, and as the work ends.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    public static Task RunOnSharedHeapAsync(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return KeptBefore is { } heap
            ? heap.RunAsync(work)
            : Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Tells whether <see cref="KeepFreedMemory"/> took effect.</summary>
    internal static bool KeepsFreedMemory => KeptBefore is not null;

    /// <summary>Tells whether <see cref="KeepFreedMemory"/> has kept more than a limit.</summary>
    /// <param name="limit">In bytes: the process's resident memory beyond what was in use when memory was last given back, or at first.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public static bool KeepsMoreThan(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return KeptBefore?.KeepsMoreThan(limit) == true;
    }

    /// <summary>
    /// Gives back what <see cref="KeepFreedMemory"/> has kept, down to what is in use, if that is more than a limit. Tensors of ever other
    /// sizes tear the heap up; called again and again, best while no work is under way, this keeps a long run's memory flat. It takes a tenth
    /// of a second or so, and what comes next the page faults of all that was given back; nothing happens where nothing is kept.
    /// </summary>
    /// <param name="limit">As in <see cref="KeepsMoreThan"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public static void GiveBackFreedMemory(long limit = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        KeptBefore?.GiveBackFreedMemory(limit);
    }

    /// <summary>
    /// Gives back the pages of what <see cref="KeepFreedMemory"/> has kept, if that is more than a limit, while work is under way. The rest is due then:
    /// <see cref="KeepsMoreThan"/> says so whatever the limit.
    /// </summary>
    /// <param name="limit">As in <see cref="KeepsMoreThan"/>.</param>
    internal static void GiveBackFreedPages(long limit) => KeptBefore?.GiveBackFreedPages(limit);
}

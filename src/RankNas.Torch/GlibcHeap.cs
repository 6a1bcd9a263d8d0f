using System.Runtime.InteropServices;

namespace RankNas;

/// <summary>The main heap of a process that has glibc, told to keep what is freed.</summary>
internal sealed unsafe class GlibcHeap
{
    private const string Library = "libc.so.6";

    // What glibc is told to keep at hand whenever it asks the system for more: the size of a few large activations.
    private const int KeptInReserve = 128 << 20;

    // About what two workers use, of pages that fault and are looked up a five-hundredth as often. It costs nothing until it is used.
    private const nuint Reserve = 3u << 29;

    // Kept memory is address space that nobody else gets: where there is little of it, all that is freed had better be given back.
    private const long LeastRoom = 8L << 30;

    // Where what is in use exceeds a limit by itself, giving back pages is tried again once a sixty-fourth of it has come on top.
    private const int LeastGain = 64;

    // More than any thread keeps for itself of what others have freed.
    private const nuint NewBlock = 1 << 16;

    private readonly delegate* unmanaged<nuint, int> _trim;
    private readonly delegate* unmanaged<nint, nint> _moveBreak;
    private readonly delegate* unmanaged<nint, nuint, MemoryAdvice, int> _advise;
    private readonly Lock _growing = new();
    private nint _largeUntil;
    private bool _isReserved;
    private long _inUse = Environment.WorkingSet;
    private long _leftByPages;
    private volatile bool _isTorn;

    private GlibcHeap(nint trim, nint moveBreak, nint advise)
    {
        _trim = (delegate* unmanaged<nuint, int>)trim;
        _moveBreak = (delegate* unmanaged<nint, nint>)moveBreak;
        _advise = (delegate* unmanaged<nint, nuint, MemoryAdvice, int>)advise;
        _largeUntil = _moveBreak(0);
    }

    private enum MemoryAdvice
    {
        HugePage = 14,
    }

    private enum MallocOption
    {
        TrimThreshold = -1,
        TopPad = -2,
        MmapMax = -4,
        ArenaMax = -8,
    }

    // glibc makes at most eight heaps for each core, so that among so many threads one has the main heap.
    private static int MostThreads => (8 * Environment.ProcessorCount) + 64;

    /// <summary>Has the process make no more heaps where addresses are short: each takes 64 MB of them, and every new thread might get one.</summary>
    public static void SpareAddresses()
    {
        if (OperatingSystem.IsLinux() && AddressSpace.Room < LeastRoom && TryFindOption(out delegate* unmanaged<MallocOption, int, int> mallopt))
        {
            _ = mallopt(MallocOption.ArenaMax, 1);
        }
    }

    public static GlibcHeap? KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || IsSetByEnvironment() || AddressSpace.Room < LeastRoom
            || !TryFindOption(out delegate* unmanaged<MallocOption, int, int> mallopt) || !NativeLibrary.TryLoad(Library, out nint libc)
            || !NativeLibrary.TryGetExport(libc, "malloc_trim", out nint trim)
            || !NativeLibrary.TryGetExport(libc, "sbrk", out nint moveBreak)
            || !NativeLibrary.TryGetExport(libc, "madvise", out nint advise))
        {
            return null;
        }

        // No more heaps than there are, grown in large steps and never shrunk; no large block apart from them.
        return mallopt(MallocOption.MmapMax, 0) == 1
            & mallopt(MallocOption.TrimThreshold, int.MaxValue) == 1
            & mallopt(MallocOption.TopPad, KeptInReserve) == 1
            & mallopt(MallocOption.ArenaMax, 1) == 1 ? new GlibcHeap(trim, moveBreak, advise) : null;
    }

    private static bool TryFindOption(out delegate* unmanaged<MallocOption, int, int> mallopt)
    {
        bool isThere = NativeLibrary.TryLoad(Library, out nint libc);
        nint export = 0;
        isThere = isThere && NativeLibrary.TryGetExport(libc, "mallopt", out export);
        mallopt = (delegate* unmanaged<MallocOption, int, int>)export;
        return isThere;
    }

    public bool KeepsMoreThan(long limit) => _isTorn || Environment.WorkingSet - Interlocked.Read(ref _inUse) > limit;

    public void GiveBackFreedMemory(long limit)
    {
        if (KeepsMoreThan(limit))
        {
            _ = _trim(0);
            MakeLargePages();
            Interlocked.Exchange(ref _inUse, Environment.WorkingSet);
            _isTorn = false;
            Interlocked.Exchange(ref _leftByPages, 0);
        }
    }

    // The pages of freed memory come back at any time; the heap is no less torn for it.
    public void GiveBackFreedPages(long limit)
    {
        long resident = Environment.WorkingSet;
        if (resident - Interlocked.Read(ref _inUse) > limit && resident - Interlocked.Read(ref _leftByPages) > limit / LeastGain)
        {
            _ = _trim(0);
            _isTorn = true;
            Interlocked.Exchange(ref _leftByPages, Environment.WorkingSet);
        }
    }

    // The system makes large pages where it is asked to, of memory that is there when it is asked: so the heap is made as large beforehand.
    private void MakeLargePages()
    {
        lock (_growing)
        {
            nint start = _moveBreak(0);
            if (start == _largeUntil && _isReserved)
            {
                return;
            }

            try
            {
                NativeMemory.Free(NativeMemory.Alloc(Reserve));
            }
            catch (OutOfMemoryException)
            {
                // Small pages will do.
            }

            nint end = _moveBreak(0);
            nint first = RoundToPage(Math.Min(start, _largeUntil));
            if (first < end)
            {
                // Where the system has none, it says so, and nothing changes.
                _ = _advise(first, (nuint)(end - first), MemoryAdvice.HugePage);
            }

            // On another heap's thread nothing grew: the next worker's will.
            _isReserved = end > start;
            _largeUntil = end;
        }
    }

    private static nint RoundToPage(nint address) =>
        (address + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;

    // A new thread gets the next heap in turn, or that of a thread that has ended: threads are started until one gets the main heap, and the others wait for it.
    public Task RunAsync(Action work)
    {
        var isPlaced = new TaskCompletionSource();
        var hasEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        StartThread(MostThreads);
        return hasEnded.Task;

        void StartThread(int mostThreads) => new Thread(() => Work(mostThreads)) { IsBackground = true }.Start();

        void Work(int mostThreads)
        {
            if (mostThreads > 1 && !IsOnMainHeap() && TryStartThread(mostThreads - 1))
            {
                isPlaced.Task.Wait();
                return;
            }

            isPlaced.SetResult();
            MakeLargePages();
            try
            {
                work();
                hasEnded.SetResult();
            }
#pragma warning disable CA1031 // It is thrown again where the task is awaited.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                hasEnded.SetException(exception);
            }
        }

        bool TryStartThread(int mostThreads)
        {
            try
            {
                StartThread(mostThreads);
                return true;
            }
            catch (OutOfMemoryException)
            {
                // The system allows no more threads; any heap will do.
                return false;
            }
        }
    }

    // The main heap alone lies below the program break.
    private bool IsOnMainHeap()
    {
        void* block = NativeMemory.Alloc(NewBlock);
        bool isBelow = (nint)block < _moveBreak(0);
        NativeMemory.Free(block);
        return isBelow;
    }

    private static bool IsSetByEnvironment() =>
        Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(name =>
            name == "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal));
}

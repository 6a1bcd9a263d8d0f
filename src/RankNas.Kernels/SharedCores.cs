namespace RankNas.Kernels;

/// <summary>The cores of an evaluator: those of workers that have no network help the others with theirs.</summary>
/// <param name="cores">How many there are.</param>
internal sealed class SharedCores(int cores)
{
    [ThreadStatic]
    private static SharedCores? _ofThisThread;

    private int _busy;

    // As many for each network that is under way.
    private int ShareOfEach => Math.Max(1, cores / Math.Max(1, Volatile.Read(ref _busy)));

    /// <summary>Works on a network, on this thread and on its share of the cores.</summary>
    public void Use(Action work)
    {
        Interlocked.Increment(ref _busy);
        _ofThisThread = this;
        try
        {
            work();
        }
        finally
        {
            _ofThisThread = null;
            Interlocked.Decrement(ref _busy);
        }
    }

    /// <summary>Does work in parts, on as many cores as this thread has a share of: one, unless it is within <see cref="Use"/>.</summary>
    /// <param name="parts">How many there are.</param>
    /// <param name="rent">Gets what a thread needs for all the parts that it does.</param>
    /// <param name="work">Does the part of this index. It must not matter to it who does the others, and when.</param>
    public static void ForEachPart<TScratch>(int parts, Func<TScratch> rent, Action<int, TScratch> work)
        where TScratch : IDisposable
    {
        int threads = _ofThisThread?.ShareOfEach ?? 1;
        if (threads == 1 || parts == 1)
        {
            using TScratch own = rent();
            for (int part = 0; part < parts; part++)
            {
                work(part, own);
            }

            return;
        }

        Func<int, ParallelLoopState, TScratch, TScratch> body = (part, _, scratch) =>
        {
            work(part, scratch);
            return scratch;
        };
        _ = Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, rent, body, scratch => scratch.Dispose());
    }

    /// <summary>Does work in parts that need nothing, likewise.</summary>
    public static void ForEachPart(int parts, Action<int> work) => ForEachPart(parts, () => Nothing.Instance, (part, _) => work(part));

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing Instance = new();

        public void Dispose()
        {
        }
    }
}

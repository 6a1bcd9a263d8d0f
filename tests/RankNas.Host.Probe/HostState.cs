using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RankNas.Host.Probe;

/// <summary>What a program finds of its process: how its allocator behaves, and how libtorch is set.</summary>
internal static unsafe partial class HostState
{
    // Larger than what a search leaves free in one piece: a free piece of the heap would be taken, however the allocator is set.
    private const nuint LargeBlock = 1 << 30;
    private const nuint SmallBlock = 100 << 10;
    private const int SmallBlocks = 2000;

    // A block that another thread of the runtime takes above the small ones keeps them all: the least of some attempts tells how the allocator is set.
    private const int Attempts = 5;

    /// <summary>Looks, and tells a line for each thing.</summary>
    public static string[] Lines() =>
    [
        $"a large block is on the heap: {IsOnHeap(LargeBlock)}",
        $"a new thread allocates from the main heap: {AreAllOnHeap(SmallBlock)}",
        $"what is freed stays: {Enumerable.Range(0, Attempts).Min(_ => OnNewThread(FreedMegabytesThatStay)) > 100}",
        $"threads of libtorch: {get_num_threads()} here, {OnNewThread(get_num_threads)} on a new thread, {get_num_interop_threads()} between operations",
        $"default dtype: {get_default_dtype()}",
        $"gradients are recorded: {is_grad_enabled()}, inference mode: {is_inference_mode_enabled()}",
        $"TF32: {backends.cuda.matmul.allow_tf32} {backends.cudnn.allow_tf32}",
        $"training uses all of them: {BusyThreadsOfTraining() >= get_num_threads()}",
    ];

    // The main heap alone lies below the program break.
    private static bool IsOnHeap(nuint size)
    {
        void* block = NativeMemory.Alloc(size);
        bool isOnHeap = (nint)block < MoveBreak(0);
        NativeMemory.Free(block);
        return isOnHeap;
    }

    // At the same time: one of them may be given the main heap because a thread that had it has ended.
    private static bool AreAllOnHeap(nuint size)
    {
        using var allocated = new Barrier(Attempts);
        bool[] areOnHeap = new bool[Attempts];
        Thread[] threads = [.. Enumerable.Range(0, Attempts).Select(index => new Thread(() =>
        {
            areOnHeap[index] = IsOnHeap(size);
            allocated.SignalAndWait();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return areOnHeap.All(isOnHeap => isOnHeap);
    }

    private static long FreedMegabytesThatStay()
    {
        long before = ResidentMegabytes();
        nint[] blocks = new nint[SmallBlocks];
        for (int block = 0; block < blocks.Length; block++)
        {
            blocks[block] = (nint)NativeMemory.Alloc(SmallBlock);
            new Span<byte>((void*)blocks[block], (int)SmallBlock).Fill(1);
        }

        foreach (nint block in blocks.Reverse())
        {
            NativeMemory.Free((void*)block);
        }

        return ResidentMegabytes() - before;
    }

    private static long ResidentMegabytes() => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    private static TValue OnNewThread<TValue>(Func<TValue> get)
    {
        TValue got = default!;
        var thread = new Thread(() => got = get());
        thread.Start();
        thread.Join();
        return got;
    }

    // Of those that share a large product, as a training step is made of.
    private static int BusyThreadsOfTraining()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = rand([1500, 1500], dtype: ScalarType.Float32, device: CPU, requires_grad: true);
        Tensor input = rand([1500, 1500], dtype: ScalarType.Float32, device: CPU);
        Dictionary<string, long> before = TicksOfThreads();
        for (int step = 0; step < 12; step++)
        {
            input.mm(weight).sum().backward();
        }

        Dictionary<string, long> after = TicksOfThreads();
        long[] used = [.. after.Select(thread => thread.Value - before.GetValueOrDefault(thread.Key))];
        return used.Count(ticks => ticks * 8 > used.Max());
    }

    // The fields after the name, which may have spaces: the 12th is the time in the program itself.
    private static Dictionary<string, long> TicksOfThreads() => Directory.GetDirectories("/proc/self/task").ToDictionary(
        task => task, task => long.Parse(File.ReadAllText(Path.Combine(task, "stat")).Split(") ")[^1].Split(' ')[11], CultureInfo.InvariantCulture));

    [LibraryImport("libc", EntryPoint = "sbrk")]
    private static partial nint MoveBreak(nint by);
}

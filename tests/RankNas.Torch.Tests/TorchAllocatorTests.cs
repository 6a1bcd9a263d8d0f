using static TorchSharp.torch;

namespace RankNas.Tests;

public class TorchAllocatorTests
{
    private const int Threads = 4;
    private const long Megabyte = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunOnSharedHeapAsync_SomeAtOnce_TakeTensorsFromTheMainHeap()
    {
        SkipWhereNothingIsKept();
        using var together = new Barrier(Threads);
        var addresses = new nint[Threads];

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => TorchAllocator.RunOnSharedHeapAsync(() =>
        {
            together.SignalAndWait(Token);
            using Tensor activation = ones(128, 16, 32, 32);
            addresses[thread] = AddressOf(activation);
        })));

        (nint start, nint end) = await MainHeapAsync();
        addresses.Should().AllSatisfy(address => address.Should().BeInRange(start, end));
    }

    [Fact]
    public async Task RunOnSharedHeapAsync_AsksForLargePages_AgainAfterMemoryWasGivenBack()
    {
        SkipWhereNothingIsKept();
        Assert.SkipUnless(Directory.Exists("/sys/kernel/mm/transparent_hugepage"), "This system has no large pages.");
        for (int round = 0; round < 2; round++)
        {
            string[] flags = [];
            await TorchAllocator.RunOnSharedHeapAsync(() =>
            {
                using Tensor activation = ones(256 * Megabyte / sizeof(float));

                // Its start may still lie in what was there before.
                flags = FlagsAt(AddressOf(activation) + (nint)(128 * Megabyte));
                TorchAllocator.GiveBackFreedMemory();
            });

            flags.Should().Contain("hg", "that is how the kernel shows the request");
        }
    }

    [Fact]
    public async Task RunOnSharedHeapAsync_WorkThatThrows_ThrowsItWhereItIsAwaited()
    {
        Func<Task> run = () => TorchAllocator.RunOnSharedHeapAsync(() => throw new InvalidOperationException("That is how it ended."));

        await run.Should().ThrowAsync<InvalidOperationException>().WithMessage("That is how it ended.");
    }

    [Fact]
    public void RunOnSharedHeapAsync_NoWork_Throws() =>
        ((Action)(() => TorchAllocator.RunOnSharedHeapAsync(null!))).Should().Throw<ArgumentNullException>().WithParameterName("work");

    [Fact]
    public async Task GiveBackFreedMemory_ByLimit_LeavesWhatIsBelowAndGivesBackWhatIsAbove()
    {
        SkipWhereNothingIsKept();
        TorchAllocator.GiveBackFreedMemory();
        await FillAndFreeAsync(768 * Megabyte);
        long kept = Environment.WorkingSet;

        TorchAllocator.KeepsMoreThan(long.MaxValue).Should().BeFalse();
        TorchAllocator.GiveBackFreedMemory(long.MaxValue);
        Environment.WorkingSet.Should().BeGreaterThan(kept - (256 * Megabyte));

        TorchAllocator.KeepsMoreThan(512 * Megabyte).Should().BeTrue();
        TorchAllocator.GiveBackFreedMemory();
        Environment.WorkingSet.Should().BeLessThan(kept - (512 * Megabyte));
        TorchAllocator.KeepsMoreThan(512 * Megabyte).Should().BeFalse("what is left is in use");
    }

    [Fact]
    public async Task GiveBackFreedPages_WhileWorkIsUnderWay_LeavesWhatIsInUse_AndTheRestIsDue()
    {
        SkipWhereNothingIsKept();
        const long limit = 512 * Megabyte;
        TorchAllocator.GiveBackFreedMemory();
        await TorchAllocator.RunOnSharedHeapAsync(() =>
        {
            using Tensor freed = ones(768 * Megabyte / sizeof(float));
            using Tensor used = ones(128 * Megabyte / sizeof(float));
            freed.Dispose();
            long kept = Environment.WorkingSet;

            TorchAllocator.GiveBackFreedPages(long.MaxValue);
            Environment.WorkingSet.Should().BeGreaterThan(kept - (256 * Megabyte));

            TorchAllocator.GiveBackFreedPages(limit);
            Environment.WorkingSet.Should().BeLessThan(kept - (512 * Megabyte));
            used.sum().item<float>().Should().Be(128 * Megabyte / sizeof(float));
        });

        TorchAllocator.KeepsMoreThan(long.MaxValue).Should().BeTrue("the heap is torn");
        TorchAllocator.GiveBackFreedMemory(limit);
        TorchAllocator.KeepsMoreThan(limit).Should().BeFalse();
    }

    [Fact]
    public void GiveBackFreedMemory_NegativeLimit_Throws() =>
        ((Action)(() => TorchAllocator.GiveBackFreedMemory(-1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("limit");

    [Fact]
    public void KeepsMoreThan_NegativeLimit_Throws() =>
        ((Action)(() => TorchAllocator.KeepsMoreThan(-1))).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("limit");

    private static Task FillAndFreeAsync(long bytes) => TorchAllocator.RunOnSharedHeapAsync(() =>
    {
        using Tensor filled = ones(bytes / sizeof(float));
    });

    private static unsafe nint AddressOf(Tensor tensor)
    {
        fixed (byte* first = tensor.bytes)
        {
            return (nint)first;
        }
    }

    // What the kernel says, rather than the allocator.
    private static async Task<(nint Start, nint End)> MainHeapAsync()
    {
        string[] maps = await File.ReadAllLinesAsync("/proc/self/maps", Token);
        string[][] ends = [.. maps.Where(line => line.EndsWith("[heap]", StringComparison.Ordinal)).Select(line => line.Split(' ')[0].Split('-'))];
        return ((nint)Convert.ToInt64(ends[0][0], 16), (nint)Convert.ToInt64(ends[^1][1], 16));
    }

    private static string[] FlagsAt(nint address)
    {
        string[] lines = File.ReadAllLines("/proc/self/smaps");
        int mapping = Array.FindIndex(lines, line => line.Split(' ')[0].Split('-') is [string start, string end]
            && Convert.ToInt64(start, 16) <= address && address < Convert.ToInt64(end, 16));
        return lines.Skip(mapping).First(line => line.StartsWith("VmFlags:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void SkipWhereNothingIsKept()
    {
        TorchRuntime.EnsureLoaded();
        Assert.SkipUnless(TorchAllocator.KeepFreedMemory(), "This process has no glibc, or its environment sets the allocator up.");
    }
}

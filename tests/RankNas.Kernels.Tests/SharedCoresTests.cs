using System.Collections.Concurrent;

namespace RankNas.Kernels.Tests;

public class SharedCoresTests
{
    [Fact]
    public void ForEachPart_OutsideOfUse_StaysOnItsThread() => ThreadsOf(parts: 32).Should().Equal(Environment.CurrentManagedThreadId);

    [Fact]
    public void ForEachPart_OfOneCore_StaysOnItsThread() =>
        new SharedCores(1).Use(() => ThreadsOf(parts: 32).Should().Equal(Environment.CurrentManagedThreadId));

    [Fact]
    public void ForEachPart_WhileAnotherWorkerIsIdle_HasItsCoreToo() => new SharedCores(2).Use(() =>
    {
        // Each part waits for the other.
        using var together = new Barrier(2);
        var met = new ConcurrentBag<bool>();
        SharedCores.ForEachPart(2, _ => met.Add(together.SignalAndWait(TimeSpan.FromMinutes(1))));
        met.Should().Equal(true, true);
    });

    [Fact]
    public void ForEachPart_WhileEveryWorkerHasANetwork_StaysOnItsThread()
    {
        var cores = new SharedCores(2);
        using var isBusy = new ManualResetEventSlim();
        using var isOver = new ManualResetEventSlim();
        var other = new Thread(() => cores.Use(() =>
        {
            isBusy.Set();
            isOver.Wait();
        }));
        other.Start();
        isBusy.Wait();
        cores.Use(() => ThreadsOf(parts: 32).Should().Equal(Environment.CurrentManagedThreadId));
        isOver.Set();
        other.Join();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void ForEachPart_DoesEachPartOnce_AndGivesBackWhatThreadsRented(int cores) => new SharedCores(cores).Use(() =>
    {
        int[] done = new int[100];
        int rented = 0;
        SharedCores.ForEachPart(
            done.Length,
            () =>
            {
                Interlocked.Increment(ref rented);
                return new Rented(() => Interlocked.Decrement(ref rented));
            },
            (part, scratch) => done[part] += scratch.Count);
        done.Should().OnlyContain(times => times == 1);
        rented.Should().Be(0);
    });

    [Fact]
    public void Use_ThatFails_LeavesTheThreadAsItWas()
    {
        var cores = new SharedCores(2);
        Action fail = () => cores.Use(() => throw new InvalidOperationException("no"));
        fail.Should().Throw<InvalidOperationException>().WithMessage("no");
        ThreadsOf(parts: 32).Should().Equal(Environment.CurrentManagedThreadId);
    }

    private static HashSet<int> ThreadsOf(int parts)
    {
        var threads = new ConcurrentBag<int>();
        SharedCores.ForEachPart(parts, _ =>
        {
            Thread.Sleep(1);
            threads.Add(Environment.CurrentManagedThreadId);
        });
        threads.Should().HaveCount(parts);
        return [.. threads];
    }

    private sealed class Rented(Action giveBack) : IDisposable
    {
        public int Count => 1;

        public void Dispose() => giveBack();
    }
}

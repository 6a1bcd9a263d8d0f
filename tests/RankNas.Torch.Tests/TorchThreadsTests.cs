using static TorchSharp.torch;

namespace RankNas.Tests;

public class TorchThreadsTests
{
    [Fact]
    public void UseOne_IsForTheCallingThreadAlone_AndEndsWithIt()
    {
        int before = OnNewThread(get_num_threads);
        OnNewThread(() =>
        {
            int own = get_num_threads();
            using (TorchThreads.UseOne())
            {
                get_num_threads().Should().Be(1);
                OnNewThread(get_num_threads).Should().Be(before, "threads that start meanwhile are somebody else's");
            }

            return get_num_threads().Should().Be(own);
        });
        OnNewThread(get_num_threads).Should().Be(before);
    }

    [Fact]
    public void UseOne_Overlapping_GivesEachThreadItsOwnBack()
    {
        int before = OnNewThread(get_num_threads);
        using var bothIn = new Barrier(2);
        using var bothOut = new Barrier(2);
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            using IDisposable one = TorchThreads.UseOne();
            bothIn.SignalAndWait();
            bothOut.SignalAndWait();
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        OnNewThread(get_num_threads).Should().Be(before);
    }

    private static T OnNewThread<T>(Func<T> work)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
#pragma warning disable CA1031 // It is thrown again below.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException(failure.Message, failure);
    }
}

using static TorchSharp.torch;

namespace RankNas.Torch.Tests;

public class TorchThreadsTests
{
    [Fact]
    public void UseOne_IsForTheCallingThreadAlone_AndEndsWithIt()
    {
        int before = NewThread.Run(get_num_threads);
        NewThread.Run(() =>
        {
            int own = get_num_threads();
            using (TorchThreads.UseOne())
            {
                get_num_threads().Should().Be(1);
                NewThread.Run(get_num_threads).Should().Be(before, "threads that start meanwhile are somebody else's");
            }

            return get_num_threads().Should().Be(own);
        });
        NewThread.Run(get_num_threads).Should().Be(before);
    }

    [Fact]
    public void UseOne_Overlapping_GivesEachThreadItsOwnBack()
    {
        int before = NewThread.Run(get_num_threads);
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

        NewThread.Run(get_num_threads).Should().Be(before);
    }
}

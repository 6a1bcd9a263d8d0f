using System.Collections.Concurrent;

namespace RankNas.Tests;

/// <summary>A thread with a synchronization context of its own, as that of a user interface is: what is posted to it waits until it is free.</summary>
internal static class OneThread
{
    /// <summary>Starts something on such a thread and blocks the thread until it has ended, which it never does if it awaits the thread.</summary>
    public static void Block(Func<Task> start)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new Queue());
            failure = Record.Exception(() => start().GetAwaiter().GetResult());
        })
        {
            IsBackground = true,
        };
        thread.Start();
        thread.Join(TimeSpan.FromMinutes(2)).Should().BeTrue("nothing may wait for the thread that waits for it");
        failure.Should().BeNull();
    }

    // Nobody takes what is posted while the thread is blocked.
    private sealed class Queue : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));
    }
}

using System.Runtime.CompilerServices;

namespace RankNas.Torch;

/// <summary>A lock that many threads share or one has alone, and that is taken from a thread which never comes back.</summary>
/// <remarks>A thread may enter again while it is in. Those that wait to be alone go before those that come later to share.</remarks>
internal sealed class ThreadGate
{
    private readonly object _state = new();
    private readonly Dictionary<Thread, int> _sharing = [];
    private readonly HashSet<Thread> _waiting = [];
    private readonly ConditionalWeakTable<Thread, object> _lost = [];
    private Thread? _alone;
    private int _aloneDepth;
    private int _waitingToBeAlone;

    /// <summary>Waits until no other thread is in, and keeps others out until disposal.</summary>
    /// <exception cref="InvalidOperationException">The thread is in, but not alone; or it has been given up.</exception>
    public IDisposable Exclusive()
    {
        Thread thread = Thread.CurrentThread;
        lock (_state)
        {
            if (_alone != thread)
            {
                if (_sharing.ContainsKey(thread))
                {
                    throw new InvalidOperationException("The thread shares the gate, and cannot have it alone before it has left.");
                }

                _waitingToBeAlone++;
                try
                {
                    Wait(thread, () => _alone is null && _sharing.Count == 0);
                }
                finally
                {
                    _waitingToBeAlone--;
                    Monitor.PulseAll(_state);
                }

                _alone = thread;
            }

            _aloneDepth++;
        }

        return new Turn(() => LeaveAlone(thread));
    }

    /// <summary>Waits until no other thread is alone, and keeps those that would be waiting until disposal.</summary>
    /// <exception cref="InvalidOperationException">The thread has been given up.</exception>
    public IDisposable Shared()
    {
        Thread thread = Thread.CurrentThread;
        lock (_state)
        {
            if (_alone != thread && !_sharing.ContainsKey(thread))
            {
                Wait(thread, () => _alone is null && _waitingToBeAlone == 0);
            }

            _sharing[thread] = _sharing.GetValueOrDefault(thread) + 1;
        }

        return new Turn(() => LeaveShared(thread));
    }

    /// <summary>Tells whether the current thread shares the gate without having it alone.</summary>
    public bool IsSharedByThisThread
    {
        get
        {
            lock (_state)
            {
                return _alone != Thread.CurrentThread && _sharing.ContainsKey(Thread.CurrentThread);
            }
        }
    }

    /// <summary>Tells whether a thread waits to be let in.</summary>
    public bool IsWaiting(Thread thread)
    {
        lock (_state)
        {
            return _waiting.Contains(thread);
        }
    }

    /// <summary>Lets others go on as if a thread had left; it is not let in again.</summary>
    public void GiveUp(Thread thread)
    {
        lock (_state)
        {
            _lost.AddOrUpdate(thread, thread);
            _sharing.Remove(thread);
            if (_alone == thread)
            {
                _alone = null;
                _aloneDepth = 0;
            }

            Monitor.PulseAll(_state);
        }
    }

    private void Wait(Thread thread, Func<bool> isFree)
    {
        _waiting.Add(thread);
        try
        {
            while (!IsLost(thread) && !isFree())
            {
                Monitor.Wait(_state);
            }
        }
        finally
        {
            _waiting.Remove(thread);
        }

        if (IsLost(thread))
        {
            throw new InvalidOperationException("The thread took too long and has been given up: others are where it would go.");
        }
    }

    private void LeaveAlone(Thread thread)
    {
        lock (_state)
        {
            if (_alone == thread && --_aloneDepth == 0)
            {
                _alone = null;
                Monitor.PulseAll(_state);
            }
        }
    }

    private void LeaveShared(Thread thread)
    {
        lock (_state)
        {
            if (!_sharing.TryGetValue(thread, out int depth))
            {
                return;
            }

            if (depth > 1)
            {
                _sharing[thread] = depth - 1;
            }
            else
            {
                _sharing.Remove(thread);
                Monitor.PulseAll(_state);
            }
        }
    }

    private bool IsLost(Thread thread) => _lost.TryGetValue(thread, out _);

    private sealed class Turn(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}

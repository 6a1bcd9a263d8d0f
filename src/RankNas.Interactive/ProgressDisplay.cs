namespace RankNas.Interactive;

/// <summary>One display of a notebook that follows a search.</summary>
/// <param name="show">Shows the first report, and returns what shows the next ones in its place.</param>
/// <param name="clock">What tells the time; the system's where null.</param>
internal sealed class ProgressDisplay(Func<object, Action<object>> show, TimeProvider? clock = null) : IProgress<SearchProgress>
{
    // More often is not seen, and would fill a slow connection.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    // The kernel knows by it which cell a display is of; a search reports on threads that may be of none.
    private readonly ExecutionContext? _cell = ExecutionContext.Capture();
    private readonly Lock _lock = new();
    private Action<object>? _update;
    private SearchProgress? _waiting;
    private long _shownAt;

    public void Report(SearchProgress value)
    {
        lock (_lock)
        {
            _waiting = value;
            if (_update is null || _clock.GetElapsedTime(_shownAt) >= Pause)
            {
                Show();
            }
        }
    }

    /// <summary>Shows the last report, if it has not been shown.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            Show();
        }
    }

    private void Show()
    {
        if (_waiting is not { } progress)
        {
            return;
        }

        (_waiting, _shownAt) = (null, _clock.GetTimestamp());
        if (_cell is null)
        {
            Write(progress);
        }
        else
        {
            ExecutionContext.Run(_cell, _ => Write(progress), null);
        }
    }

    private void Write(SearchProgress progress)
    {
        if (_update is null)
        {
            _update = show(progress);
        }
        else
        {
            _update(progress);
        }
    }
}

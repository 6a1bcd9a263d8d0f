using System.Diagnostics;

namespace RankNas.Scoring;

/// <summary>One thread's attempt to answer a request: what it is at, since when, and what it has found so far.</summary>
/// <remarks>It is closed when the thread is given up; what the thread does from then on changes nothing.</remarks>
internal sealed class ScoringAttempt
{
    private readonly Lock _gate = new();
    private readonly Score?[] _scores;
    private string _unfinished = "";
    private int[] _concerned = [];
    private long _since = Stopwatch.GetTimestamp();
    private bool _isClosed;

    /// <param name="known">The scores of earlier attempts; null where one is still to be found.</param>
    public ScoringAttempt(IEnumerable<Score?> known) => _scores = [.. known];

    /// <summary>Gets the places that have no score yet.</summary>
    public int[] Open
    {
        get
        {
            lock (_gate)
            {
                return [.. Enumerable.Range(0, _scores.Length).Where(index => _scores[index] is null)];
            }
        }
    }

    /// <summary>Begins a step that may never end.</summary>
    /// <param name="unfinished">What to say then, such as <c>The proxy did not end</c>.</param>
    /// <param name="concerned">Whose scores fail then.</param>
    /// <exception cref="OperationCanceledException">The thread has been given up.</exception>
    public void Begin(string unfinished, params int[] concerned)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new OperationCanceledException("This attempt has been given up.");
            }

            (_unfinished, _concerned, _since) = (unfinished, concerned, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Does a step within another, which goes on afterwards.</summary>
    public void Within(string unfinished, int concerned, Action step)
    {
        (string outer, int[] outerConcerned) = (_unfinished, _concerned);
        Begin(unfinished, concerned);
        step();
        Begin(outer, outerConcerned);
    }

    public void Set(int index, Score score)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _scores[index] = score;
            }
        }
    }

    /// <summary>Forgets the scores that are to be found again.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Reopen(Func<Score, bool> isToBeFoundAgain)
    {
        lock (_gate)
        {
            int[] again = [.. Enumerable.Range(0, _scores.Length).Where(index => _scores[index] is { } score && isToBeFoundAgain(score))];
            foreach (int index in again)
            {
                _scores[index] = null;
            }

            return again.Length > 0;
        }
    }

    /// <summary>Closes the attempt as its thread has come to the end.</summary>
    /// <returns>All scores; null where the thread has been given up.</returns>
    public Score[]? Finish()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return null;
            }

            _isClosed = true;
            return [.. _scores.Select(score => score!.Value)];
        }
    }

    /// <summary>Has the step at hand begin now: until now it has waited for others.</summary>
    public void RestartClock()
    {
        lock (_gate)
        {
            _since = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Closes the attempt if its step has taken longer than a limit, whose scores fail.</summary>
    /// <returns>The scores so far; null where the step is not over the limit.</returns>
    public Score?[]? GiveUpAfter(TimeSpan limit)
    {
        lock (_gate)
        {
            if (_isClosed || Stopwatch.GetElapsedTime(_since) <= limit)
            {
                return null;
            }

            _isClosed = true;
            foreach (int index in _concerned)
            {
                _scores[index] = Score.Failed($"{_unfinished} within {TextOf(limit)}, and was given up.", isTransient: true);
            }

            return [.. _scores];
        }
    }

    /// <summary>Closes the attempt, whatever it is at.</summary>
    /// <returns>Whether it was open.</returns>
    public bool Close()
    {
        lock (_gate)
        {
            bool wasOpen = !_isClosed;
            _isClosed = true;
            return wasOpen;
        }
    }

    private static string TextOf(TimeSpan limit) => limit < TimeSpan.FromMinutes(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.###} seconds")
        : string.Create(CultureInfo.InvariantCulture, $"{limit.TotalMinutes:0.##} minutes");
}

namespace RankNas.Distributed.Searching;

/// <summary>Brings requests and answers together, in whatever order they come.</summary>
/// <remarks>Answers come before their requests where a search was killed and started again: it asks for the same again. Those that nobody asks for are forgotten, the oldest first.</remarks>
internal sealed class Answers(int mostUnclaimed)
{
    private const int MostKept = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Asked> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (EvaluationOutcome Outcome, Settlement Settlement)> _unclaimed = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private readonly Dictionary<string, Settlement> _answered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly Queue<string> _keptOldest = new();
    private Exception? _end;

    /// <summary>Gets how many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _asked.Count;
            }
        }
    }

    /// <summary>Adds a request.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="hasToBeSent">Whether it is new, and its answer not here already.</param>
    /// <returns>The request, or the same one that waits already.</returns>
    public Asked Ask(Asked asked, out bool hasToBeSent)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                throw _end;
            }

            hasToBeSent = false;
            if (_asked.TryGetValue(asked.Id, out Asked? same))
            {
                return same;
            }

            if (_unclaimed.Remove(asked.Id, out (EvaluationOutcome Outcome, Settlement Settlement) early) && Fits(asked, early.Outcome))
            {
                _answered[asked.Id] = early.Settlement;
                asked.Answer.TrySetResult(early.Outcome);
                return asked;
            }

            // Asked for again, as by a search whose store forgot it: the next answer is wanted.
            _kept.Remove(asked.Id);
            hasToBeSent = true;
            return _asked[asked.Id] = asked;
        }
    }

    /// <summary>Forgets a request.</summary>
    public void Forget(Asked asked)
    {
        lock (_gate)
        {
            if (_asked.TryGetValue(asked.Id, out Asked? found) && found == asked)
            {
                _asked.Remove(asked.Id);
            }
        }
    }

    /// <summary>Gets the request of a name that waits; null where none does.</summary>
    public Asked? Find(string id)
    {
        lock (_gate)
        {
            return _asked.GetValueOrDefault(id);
        }
    }

    /// <summary>Gets the requests that wait.</summary>
    public Asked[] FindAll()
    {
        lock (_gate)
        {
            return [.. _asked.Values];
        }
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>An answer that is of no use, to be settled; null where none is.</returns>
    public Settlement? Take(string id, EvaluationOutcome outcome, Settlement settlement)
    {
        lock (_gate)
        {
            if (_asked.TryGetValue(id, out Asked? asked) && Fits(asked, outcome))
            {
                _asked.Remove(id);
                _answered[id] = settlement;
                asked.Answer.TrySetResult(outcome);
                return null;
            }

            if (_answered.ContainsKey(id) || _kept.Contains(id) || !_unclaimed.TryAdd(id, (outcome, settlement)))
            {
                return settlement;
            }

            _oldest.Enqueue(id);
            while (_oldest.Count > mostUnclaimed && _oldest.TryDequeue(out string? oldest))
            {
                if (_unclaimed.Remove(oldest, out (EvaluationOutcome, Settlement Settlement) forgotten))
                {
                    return forgotten.Settlement;
                }
            }

            return null;
        }
    }

    /// <summary>Learns that an answer is stored.</summary>
    /// <returns>What to settle; null where the answer came by no reply.</returns>
    public Settlement? Kept(string id)
    {
        lock (_gate)
        {
            // A unit that was delivered twice is answered twice.
            if (_kept.Add(id))
            {
                _keptOldest.Enqueue(id);
            }

            if (_keptOldest.Count > MostKept)
            {
                _kept.Remove(_keptOldest.Dequeue());
            }

            return _answered.Remove(id, out Settlement? settlement) ? settlement : null;
        }
    }

    /// <summary>Ends all requests, and those to come, by an error.</summary>
    public void Break(Exception exception)
    {
        Asked[] waiting;
        lock (_gate)
        {
            _end ??= exception;
            waiting = [.. _asked.Values];
            _asked.Clear();
        }

        Array.ForEach(waiting, asked => asked.Answer.TrySetException(exception));
    }

    private static bool Fits(Asked asked, EvaluationOutcome outcome) => outcome.Scores.Length == asked.Request.Proxies.Length;
}

namespace RankNas.Distributed.Searching;

/// <summary>The workers that a search hears of.</summary>
internal sealed class Fleet(string search, TimeSpan forgetAfter)
{
    private const int MostWorkers = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (WorkerPresence Presence, long HeardAt)> _workers = new(StringComparer.Ordinal);

    /// <summary>Notes what a worker tells of itself.</summary>
    /// <returns>Whether it does not know the search yet.</returns>
    public bool Hear(WorkerPresence presence)
    {
        lock (_gate)
        {
            if (presence.IsLeaving)
            {
                _workers.Remove(presence.Worker);
                return false;
            }

            if (_workers.Count >= MostWorkers && !_workers.ContainsKey(presence.Worker))
            {
                return false;
            }

            _workers[presence.Worker] = (presence, Environment.TickCount64);
            return presence.Searches.All(service => service.Search != search);
        }
    }

    /// <summary>Gets the workers that are there, with what they do for the search.</summary>
    public ImmutableArray<(WorkerPresence Worker, SearchService Service)> Known()
    {
        lock (_gate)
        {
            long oldest = Environment.TickCount64 - (long)forgetAfter.TotalMilliseconds;
            foreach (string silent in _workers.Where(worker => worker.Value.HeardAt < oldest).Select(worker => worker.Key).ToArray())
            {
                _workers.Remove(silent);
            }

            return [.. _workers.Values.SelectMany(worker => worker.Presence.Searches.Where(service => service.Search == search), (worker, service) => (worker.Presence, service))];
        }
    }
}

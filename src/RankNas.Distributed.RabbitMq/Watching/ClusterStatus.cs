namespace RankNas.Distributed.Watching;

/// <summary>A cluster as it is at a moment.</summary>
/// <param name="Workers">The workers that answered.</param>
/// <param name="Searches">The searches that answered.</param>
public sealed record ClusterStatus(ImmutableArray<WorkerStatus> Workers, ImmutableArray<SearchStatus> Searches)
{
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(2);

    /// <summary>Asks everybody on a cluster to tell of themselves, and looks at the queues.</summary>
    /// <param name="transport">The way to the cluster; the caller disposes it.</param>
    /// <param name="wait">How long answers are waited for; 2 seconds where null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ClusterException">The broker is not there, or lets nobody in.</exception>
    public static async Task<ClusterStatus> ReadAsync(IClusterTransport transport, TimeSpan? wait = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        var gate = new Lock();
        var workers = new SortedDictionary<string, WorkerPresence>(StringComparer.Ordinal);
        var searches = new SortedDictionary<string, SearchAnnouncement>(StringComparer.Ordinal);
        await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        IAsyncDisposable hearsWorkers = await transport.ListenAsync(
            Topics.Workers, message => Hear(message, MessageKinds.Presence, () => Wire.ReadPresence(message), workers, worker => worker.Worker, gate), cancellationToken).ConfigureAwait(false);
        await using (hearsWorkers.ConfigureAwait(false))
        {
            IAsyncDisposable hearsSearches = await transport.ListenAsync(
                Topics.Searches, message => Hear(message, MessageKinds.Announcement, () => Wire.Read(message, ClusterJson.Default.SearchAnnouncement), searches, search => search.Search, gate), cancellationToken).ConfigureAwait(false);
            await using (hearsSearches.ConfigureAwait(false))
            {
                ClusterMessage question = Wire.Write(MessageKinds.WhoIsThere, new WhoIsThere(Environment.MachineName), ClusterJson.Default.WhoIsThere);
                await transport.TellAsync(Topics.Searches, question, cancellationToken).ConfigureAwait(false);
                await Task.Delay(wait ?? LeastWait, cancellationToken).ConfigureAwait(false);
            }
        }

        var found = new List<SearchStatus>();
        foreach (SearchAnnouncement search in searches.Values)
        {
            QueueState? work = await transport.FindQueueAsync(search.WorkQueue, cancellationToken).ConfigureAwait(false);
            QueueState? replies = await transport.FindQueueAsync(search.ReplyQueue, cancellationToken).ConfigureAwait(false);
            found.Add(new SearchStatus(
                ShownText.Of(search.Search), ShownText.Of(search.Version), ShownText.Of(search.Scope.Space), ShownText.Of(search.Scope.Numerics), work?.Ready ?? 0, replies?.Ready ?? 0));
        }

        return new ClusterStatus([.. workers.Values.Where(worker => !worker.IsLeaving).Select(WorkerStatus.Of)], [.. found]);
    }

    private static void Hear<T>(ClusterMessage message, string kind, Func<T> read, SortedDictionary<string, T> known, Func<T, string> nameOf, Lock gate)
    {
        if (message.Kind != kind)
        {
            return;
        }

        try
        {
            T value = read();
            lock (gate)
            {
                known[nameOf(value)] = value;
            }
        }
        catch (InvalidDataException)
        {
            // Not of this version, or not of RankNas.
        }
    }
}

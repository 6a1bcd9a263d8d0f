namespace RankNas.Distributed.Watching;

/// <summary>A worker as it is at a moment.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Machine">Its machine.</param>
/// <param name="Version">Its version of RankNas.</param>
/// <param name="Numerics">What it computes by.</param>
/// <param name="Threads">How many architectures it scores at once.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Architectures">How many architectures it has scored.</param>
/// <param name="LastMinute">How many of them in the last minute.</param>
/// <param name="Failures">How many of them have a failed score.</param>
/// <param name="UnitsInHand">How many units it has in hand.</param>
/// <param name="Refusals">Why it does not score for a search, by the search's key.</param>
public sealed record WorkerStatus(
    string Worker,
    string Machine,
    string Version,
    string Numerics,
    int Threads,
    DateTimeOffset StartedAt,
    long Architectures,
    int LastMinute,
    long Failures,
    int UnitsInHand,
    ImmutableDictionary<string, string> Refusals)
{
    internal static WorkerStatus Of(WorkerPresence worker)
    {
        ImmutableArray<SearchService> services = worker.Searches.IsDefault ? [] : worker.Searches;
        return new WorkerStatus(
            ShownText.Of(worker.Worker), ShownText.Of(worker.Machine), ShownText.Of(worker.Version), ShownText.Of(worker.Numerics), worker.Threads, worker.StartedAt,
            worker.Architectures, worker.LastMinute, worker.Failures, services.Sum(service => service.InHand),
            services.Where(service => service.State == ServiceState.Refused).DistinctBy(service => service.Search)
                .ToImmutableDictionary(service => service.Search, service => ShownText.OneLine(service.Reason, 500)));
    }
}

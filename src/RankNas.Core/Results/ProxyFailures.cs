using RankNas.Files;

namespace RankNas.Results;

/// <summary>Failures of one proxy that make one notice.</summary>
/// <param name="Proxy">The proxy's id.</param>
/// <param name="OfAll">How many of the proxy's scores failed in all.</param>
/// <param name="Key">What they have in common, with those of other proxies too.</param>
internal sealed record ProxyFailures(string Proxy, int OfAll, FailureKey Key)
{
    private const int LongestReason = 300;

    // NATS-Bench's notation has a hundred characters: it should stay whole, to be copied.
    private const int LongestExample = 200;

    /// <summary>Groups a proxy's failures: each reason of a proxy that saw nothing apart, and all others by the one that is there most often.</summary>
    public static ImmutableArray<ProxyFailures> Of(ProxyDescriptor proxy, IReadOnlyList<ScoredArchitecture> evaluated, int index)
    {
        var failed = evaluated.Where(one => one.Scores[index].Failure is not null)
            .Select(one => (Example: one.Architecture.Text, Reason: one.Scores[index].Failure!)).ToList();
        string start = $"{proxy.Id} ";
        return
        [
            .. failed.GroupBy(failure => failure.Reason.StartsWith(start, StringComparison.Ordinal) ? failure.Reason : "").Select(group =>
            {
                (string example, string reason) = group.GroupBy(failure => failure.Reason).MaxBy(same => same.Count())!.First();

                // They are whatever a store or a user's own code holds: no control character reaches a terminal.
                var key = new FailureKey(group.Count(), ShownText.OneLine(example.Trim(), LongestExample), ShownText.OneLine(reason.Trim(), LongestReason), group.Key.Length > 0);
                return new ProxyFailures(proxy.Id, failed.Count, key);
            }),
        ];
    }
}

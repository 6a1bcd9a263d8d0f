namespace RankNas.Ranking;

/// <summary>The sum of an architecture's ranks over the proxies: the paper's rank-based score.</summary>
public sealed class RankSum : IRankAggregator
{
    /// <inheritdoc/>
    public string Id => "rank-sum";

    /// <inheritdoc/>
    public ImmutableArray<double> Aggregate(ScoreTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ProxySums.Of(table, (proxy, row) => table.RanksOf(proxy)[row]);
    }
}

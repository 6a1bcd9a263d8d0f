namespace RankNas.Ranking;

/// <summary>−Σ ln(r / n) over the proxies, where r is the rank counted from the worst: a poor rank by any proxy weighs most.</summary>
/// <remarks>0 if an architecture is the best by all proxies. Source: Lee and Ham, AZ-NAS: Assembling Zero-Cost Proxies for Network Architecture
/// Search, CVPR 2024, whose non-linear ranking aggregation is Σ ln(r / n), higher being better.</remarks>
public sealed class LogRankSum : IRankAggregator
{
    /// <inheritdoc/>
    public string Id => "log-rank-sum";

    /// <inheritdoc/>
    public ImmutableArray<double> Aggregate(ScoreTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int n = table.Rows.Length;
        return ProxySums.Of(table, (proxy, row) => -Math.Log((n + 1 - table.RanksOf(proxy)[row]) / n));
    }
}

using System.Collections.Immutable;

namespace RankNas;

/// <summary>The sum of ln(rank / n) over the proxies, which rewards being among the first by any of them.</summary>
/// <remarks>Source: Lee and Ham, AZ-NAS: Assembling Zero-Cost Proxies for Network Architecture Search, CVPR 2024, equation (11), with
/// ranks counted from the best.</remarks>
public sealed class LogRankSum : IRankAggregator
{
    /// <inheritdoc/>
    public string Id => "log-rank-sum";

    /// <inheritdoc/>
    public ImmutableArray<double> Aggregate(ScoreTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ProxySums.Of(table, (proxy, row) => Math.Log(table.RanksOf(proxy)[row] / table.Rows.Length));
    }
}

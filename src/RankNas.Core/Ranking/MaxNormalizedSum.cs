namespace RankNas.Ranking;

/// <summary>The negated sum over the proxies of score / max |score|; scores that are not finite count as the worst of the set.</summary>
/// <remarks>Source: Cavagnero et al., FreeREA: Training-Free Evolution-based Architecture Search, WACV 2023, Section 3.3. A proxy of which
/// lower scores are better enters with its sign changed.</remarks>
public sealed class MaxNormalizedSum : IRankAggregator
{
    /// <inheritdoc/>
    public string Id => "max-normalized-sum";

    /// <inheritdoc/>
    public ImmutableArray<double> Aggregate(ScoreTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[][] costs = [.. Enumerable.Range(0, table.Proxies.Length).Select(proxy => NormalizedCosts(table, proxy))];
        return ProxySums.Of(table, (proxy, row) => costs[proxy][row]);
    }

    private static double[] NormalizedCosts(ScoreTable table, int proxy)
    {
        double sign = table.Proxies[proxy].Direction == ScoreDirection.HigherIsBetter ? -1 : 1;
        double[] costs = [.. table.Rows.Select(row => row.Scores[proxy])
            .Select(score => score.Kind == ScoreKind.Finite ? sign * score.Value : double.NaN)];
        double[] finite = [.. costs.Where(double.IsFinite)];
        double largest = finite.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double worst = finite.DefaultIfEmpty(0).Max();
        return [.. costs.Select(cost => (double.IsNaN(cost) ? worst : cost) / (largest > 0 ? largest : 1))];
    }
}

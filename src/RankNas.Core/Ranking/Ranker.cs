using RankNas.Search;

namespace RankNas.Ranking;

/// <summary>Ranks sets of scored architectures by an aggregator.</summary>
internal static class Ranker
{
    /// <summary>Ranks a set, best first; equal totals keep the set's order, and an architecture given twice counts once.</summary>
    public static ImmutableArray<ScoredArchitecture> Rank(
        IRankAggregator aggregator,
        IReadOnlyList<ProxyDescriptor> proxies,
        IEnumerable<ScoredArchitecture> candidates) =>
        [.. RankInPlace(aggregator, proxies, [.. candidates.DistinctBy(candidate => candidate.Architecture)], best: null).OrderBy(ranked => ranked.Rank)];

    /// <summary>Ranks a set and leaves it in its order.</summary>
    /// <param name="aggregator">Makes the totals.</param>
    /// <param name="proxies">The proxies of the scores.</param>
    /// <param name="candidates">Distinct architectures.</param>
    /// <param name="best">The one that comes first whatever its total; null where the smallest total does.</param>
    public static ImmutableArray<ScoredArchitecture> RankInPlace(
        IRankAggregator aggregator, IReadOnlyList<ProxyDescriptor> proxies, ImmutableArray<ScoredArchitecture> candidates, Architecture? best)
    {
        var table = new ScoreTable(proxies, candidates);
        ImmutableArray<double> totals = ComponentError.Guard(() => $"The aggregator '{aggregator.Id}' failed", () => aggregator.Aggregate(table));
        if (totals.IsDefault || totals.Length != table.Rows.Length)
        {
            throw new SearchComponentException(
                $"The aggregator '{aggregator.Id}' gave {(totals.IsDefault ? 0 : totals.Length)} totals for {table.Rows.Length} architectures.");
        }

        if (totals.IndexOf(double.NaN) is >= 0 and int undefined)
        {
            throw new SearchComponentException(
                $"The aggregator '{aggregator.Id}' gave NaN for {table.Rows[undefined].Architecture}: a total is a number, the smallest the best.");
        }

        int[] order = [.. Enumerable.Range(0, totals.Length).OrderByDescending(row => candidates[row].Architecture.Equals(best)).ThenBy(row => totals[row])];
        var ranked = new ScoredArchitecture[totals.Length];
        for (int place = 0; place < order.Length; place++)
        {
            int row = order[place];
            ranked[row] = candidates[row] with
            {
                Proxies = table.Proxies,
                Rank = place + 1,
                Total = totals[row],
                Ranks = [.. Enumerable.Range(0, table.Proxies.Length).Select(proxy => table.RanksOf(proxy)[row])],
            };
        }

        return [.. ranked];
    }
}

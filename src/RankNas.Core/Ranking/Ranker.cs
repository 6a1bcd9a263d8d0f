using System.Collections.Immutable;

namespace RankNas;

/// <summary>Ranks sets of scored architectures by an aggregator.</summary>
internal static class Ranker
{
    /// <summary>Ranks a set, best first; equal totals keep the set's order, and an architecture given twice counts once.</summary>
    public static ImmutableArray<RankedArchitecture> Rank(
        IRankAggregator aggregator,
        IReadOnlyList<ProxyDescriptor> proxies,
        IEnumerable<ScoredArchitecture> candidates)
    {
        var table = new ScoreTable(proxies, [.. candidates.DistinctBy(candidate => candidate.Architecture)]);
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

        int[] order = [.. Enumerable.Range(0, totals.Length).OrderBy(row => totals[row])];
        return [.. order.Select((row, place) => new RankedArchitecture(
            place + 1, totals[row], table.Rows[row], [.. Enumerable.Range(0, table.Proxies.Length).Select(proxy => table.RanksOf(proxy)[row])]))];
    }
}

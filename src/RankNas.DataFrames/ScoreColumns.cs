using RankNas.Graphs;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.DataFrames;

/// <summary>Makes a table of scored architectures, by columns.</summary>
internal static class ScoreColumns
{
    /// <summary>Everything that a search scored, best first.</summary>
    public static IReadOnlyList<ScoreColumn> Of(SearchResult result)
    {
        Dictionary<ScoredArchitecture, int> places = new(ReferenceEqualityComparer.Instance);
        foreach (ScoredArchitecture scored in result.History)
        {
            places[scored] = places.Count + 1;
        }

        NetworkCost?[] costs = [.. result.Ranked.Select(scored => result.TryGetCost(scored, out NetworkCost cost) ? cost : (NetworkCost?)null)];
        return Named(
        [
            .. Head(result.Ranked, result.Aggregator),
            .. result.Proxies.SelectMany((proxy, index) => ByProxy(result.Ranked, proxy, index)),
            .. result.Objectives.Select((objective, index) => ByObjective(result.Ranked, objective, index)),
            new ScoreColumn.Counts("parameters", [.. costs.Select(cost => cost?.Parameters)]),
            new ScoreColumn.Counts("macs", [.. costs.Select(cost => cost?.Macs)]),
            new ScoreColumn.Counts("evaluation", [.. result.Ranked.Select(scored => (long?)places[scored])]),
            .. Tail(result.Ranked, result.Proxies),
        ]);
    }

    /// <summary>Scored architectures of any origin, in their order.</summary>
    /// <exception cref="ArgumentException">Their scores are not all by the same proxies, or it is not known by which.</exception>
    public static IReadOnlyList<ScoreColumn> Of(ImmutableArray<ScoredArchitecture> rows)
    {
        ImmutableArray<ProxyDescriptor> proxies = rows.IsEmpty ? [] : rows[0].Proxies;
        foreach (ScoredArchitecture row in rows)
        {
            if (row.Proxies.Length != row.Scores.Length || !row.Proxies.SequenceEqual(proxies))
            {
                throw new ArgumentException(
                    $"The scores of {row.Architecture} are by [{NamesOf(row.Proxies)}], and those of {rows[0].Architecture} by [{NamesOf(proxies)}]: a table needs the same known proxies for all its rows.",
                    nameof(rows));
            }
        }

        return Named([.. Head(rows, "total"), .. proxies.SelectMany((proxy, index) => ByProxy(rows, proxy, index)), .. Tail(rows, proxies)]);
    }

    private static ScoreColumn[] Head(ImmutableArray<ScoredArchitecture> rows, string total) =>
    [
        new ScoreColumn.Counts("rank", [.. rows.Select(row => row.Rank > 0 ? row.Rank : (long?)null)]),
        new ScoreColumn.Words("architecture", [.. rows.Select(row => row.Architecture.Text)]),
        new ScoreColumn.Numbers(total, [.. rows.Select(row => NumberOf(row.Total))]),
    ];

    private static ScoreColumn[] ByProxy(ImmutableArray<ScoredArchitecture> rows, ProxyDescriptor proxy, int index) =>
    [
        new ScoreColumn.Numbers(proxy.Id, [.. rows.Select(row => NumberOf(row.Scores[index].Value))]),
        new ScoreColumn.Numbers($"{proxy.Id}-rank", [.. rows.Select(row => index < row.Ranks.Length ? NumberOf(row.Ranks[index]) : null)]),
    ];

    private static ScoreColumn.Numbers ByObjective(ImmutableArray<ScoredArchitecture> rows, ObjectiveDescriptor objective, int index) =>
        new(objective.Id, [.. rows.Select(row => index < row.Objectives.Length ? NumberOf(row.Objectives[index]) : null)]);

    private static ScoreColumn[] Tail(ImmutableArray<ScoredArchitecture> rows, ImmutableArray<ProxyDescriptor> proxies) =>
    [
        new ScoreColumn.Numbers("seconds", [.. rows.Select(row => (double?)row.Seconds)]),
        new ScoreColumn.Facts("from-store", [.. rows.Select(row => (bool?)row.FromStore)]),
        new ScoreColumn.Words("failures", [.. rows.Select(row => FailuresOf(row, proxies))]),
    ];

    private static string? FailuresOf(ScoredArchitecture row, ImmutableArray<ProxyDescriptor> proxies)
    {
        string[] failures = [.. row.Scores.Zip(proxies).Where(pair => pair.First.Kind == ScoreKind.Failed).Select(pair => $"{pair.Second.Id}: {pair.First.Failure}")];
        return failures.Length == 0 ? null : string.Join('\n', failures);
    }

    // Tools differ in what they take NaN for; all of them know a missing value.
    private static double? NumberOf(double value) => double.IsNaN(value) ? null : value;

    // A proxy and an objective may have one name.
    private static ScoreColumn[] Named(ScoreColumn[] columns)
    {
        HashSet<string> taken = [];
        return [.. columns.Select(column =>
        {
            string name = column.Name;
            for (int next = 2; !taken.Add(name); next++)
            {
                name = FormattableString.Invariant($"{column.Name}-{next}");
            }

            return column with { Name = name };
        })];
    }

    private static string NamesOf(ImmutableArray<ProxyDescriptor> proxies) => string.Join(", ", proxies.Select(proxy => proxy.Id));
}

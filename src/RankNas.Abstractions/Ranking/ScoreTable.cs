using RankNas.Proxies;

namespace RankNas.Ranking;

/// <summary>The scores of a set of architectures: a row for each architecture, a column for each proxy.</summary>
public sealed class ScoreTable
{
    private readonly ImmutableArray<double>[] _ranks;

    /// <summary>Initializes a table.</summary>
    /// <param name="proxies">The proxies, in the order of each architecture's scores.</param>
    /// <param name="rows">The architectures; each has one score for each proxy.</param>
    public ScoreTable(IReadOnlyList<ProxyDescriptor> proxies, IReadOnlyList<ScoredArchitecture> rows)
    {
        ArgumentNullException.ThrowIfNull(proxies);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (ScoredArchitecture row in rows)
        {
            if (row.Scores.Length != proxies.Count)
            {
                throw new ArgumentException(
                    $"{row.Architecture} has {row.Scores.Length} scores where there are {proxies.Count} proxies.", nameof(rows));
            }
        }

        Proxies = [.. proxies];
        Rows = [.. rows];
        _ranks = new ImmutableArray<double>[proxies.Count];
    }

    /// <summary>Gets the proxies: the columns.</summary>
    public ImmutableArray<ProxyDescriptor> Proxies { get; }

    /// <summary>Gets the architectures: the rows.</summary>
    public ImmutableArray<ScoredArchitecture> Rows { get; }

    /// <summary>Gets each row's rank by a proxy: 1 is best, ties share the mean of their ranks, and scores that are not finite rank last.</summary>
    /// <remarks>Infinite scores rank before failed ones.</remarks>
    /// <param name="proxy">The column, from 0.</param>
    public ImmutableArray<double> RanksOf(int proxy)
    {
        if (_ranks[proxy].IsDefault)
        {
            ScoreDirection direction = Proxies[proxy].Direction;
            _ranks[proxy] = MeanRanks.Of(Rows, row => SortKey.Of(row.Scores[proxy], direction));
        }

        return _ranks[proxy];
    }
}

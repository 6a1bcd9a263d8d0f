namespace RankNas.Ranking;

/// <summary>Combines the scores of several proxies into one total for each architecture of a set.</summary>
public interface IRankAggregator
{
    /// <summary>Gets the aggregator's name, such as <c>rank-sum</c>.</summary>
    string Id { get; }

    /// <summary>Gets a total for each row of the table, in the order of the rows; the smallest is best. NaN ends the search with an error.</summary>
    ImmutableArray<double> Aggregate(ScoreTable table);
}

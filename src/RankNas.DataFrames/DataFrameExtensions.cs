using Microsoft.Data.Analysis;
using RankNas.DataFrames;

namespace RankNas;

/// <summary>Makes data frames of scores.</summary>
public static class DataFrameExtensions
{
    /// <summary>Makes a data frame of everything that a search scored: a row for each architecture, best first.</summary>
    /// <remarks>
    /// The columns: <c>rank</c> (from 1), <c>architecture</c>, the total by the aggregator's name, such as <c>rank-sum</c>; for each proxy, its score by its
    /// name and its rank, such as <c>naswot</c> and <c>naswot-rank</c>; each objective by its name; <c>parameters</c> (trainable scalars), <c>macs</c>
    /// (multiply-accumulates for one image); <c>evaluation</c> (from 1, in the order of the strategy's requests), <c>seconds</c>,
    /// <c>from-store</c>, and <c>failures</c>: a line for each failed score, with the proxy and the reason. A failed score and an unknown cost are null; an infinite score stays
    /// infinite. A name that is taken already, as by an objective named like a proxy, ends with <c>-2</c>.
    /// </remarks>
    /// <param name="result">The result.</param>
    public static DataFrame ToDataFrame(this SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Frame(ScoreColumns.Of(result));
    }

    /// <summary>Makes a data frame of scored architectures, in their order: of a search's history, that of its evaluations.</summary>
    /// <remarks>
    /// The columns are those of <see cref="ToDataFrame(SearchResult)"/> that an architecture knows by itself: the total is named <c>total</c>, and objectives,
    /// costs and <c>evaluation</c> are missing.
    /// </remarks>
    /// <param name="scored">The architectures, such as <see cref="SearchResult.History"/> or <see cref="SearchResult.ParetoFront"/>.</param>
    /// <exception cref="ArgumentException">Their scores are not all by the same proxies, or it is not known by which.</exception>
    public static DataFrame ToDataFrame(this IEnumerable<ScoredArchitecture> scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        return Frame(ScoreColumns.Of([.. scored]));
    }

    private static DataFrame Frame(IReadOnlyList<ScoreColumn> columns) => new(columns.Select(column => column.ToDataFrameColumn()));
}

using RankNas.Graphs;
using RankNas.Pareto;
using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Interactive.Views;

/// <summary>Architectures as a table: places, scores and costs.</summary>
internal sealed class RankingView
{
    private readonly ImmutableArray<ScoredArchitecture> _rows;
    private readonly (string Name, bool OfText, Func<ScoredArchitecture, Html> Cell)[] _columns;

    private RankingView(ImmutableArray<ScoredArchitecture> rows, string total, ImmutableArray<ProxyDescriptor> proxies, SearchResult? result)
    {
        _rows = rows;
        ImmutableArray<ObjectiveDescriptor> objectives = result?.Objectives ?? [];
        _columns =
        [
            ("#", false, row => Html.Of($"{(row.Rank > 0 ? Whole(row.Rank) : "")}")),
            ("architecture", true, row => Html.Of($"<code>{RankedTable.Breakable(row.Architecture.Text)}</code>")),
            (total, false, row => Html.Of($"{ReportFigures.Number(row.Total)}")),
            .. proxies.Select((proxy, index) => (proxy.Id, false, (Func<ScoredArchitecture, Html>)(row => Scored(row, index)))),
            .. objectives.Select((objective, index) => (
                objective.Id, false, (Func<ScoredArchitecture, Html>)(row => Html.Of($"{(index < row.Objectives.Length ? ReportFigures.Number(row.Objectives[index]) : "")}")))),
            .. result is { HasSearchSpace: true }
                ? new[] { ("parameters", false, Cost(result, cost => cost.Parameters)), ("MACs", false, Cost(result, cost => cost.Macs)) }
                : [],
        ];
    }

    /// <summary>The best of a search, below what makes it less reliable.</summary>
    public static Html Of(SearchResult result, int top)
    {
        ImmutableArray<ScoredArchitecture> rows = [.. result.Ranked.Take(top)];
        return NotebookView.Of(Html.Of($"""
            <p>{Summary(result, rows.Length)}</p>{Notices(result)}{(rows.IsEmpty ? Html.Empty : new RankingView(rows, result.Aggregator.Replace('-', ' '), result.Proxies, result).Table())}
            """));
    }

    /// <summary>Architectures of any origin, in their order.</summary>
    public static Html Of(ImmutableArray<ScoredArchitecture> scored, int top)
    {
        ImmutableArray<ScoredArchitecture> rows = [.. scored.Take(top)];
        string summary = rows.Length < scored.Length
            ? string.Create(CultureInfo.InvariantCulture, $"The first {rows.Length:N0} of {scored.Length:N0} architectures.")
            : string.Create(CultureInfo.InvariantCulture, $"{rows.Length:N0} {(rows.Length == 1 ? "architecture" : "architectures")}.");

        // Only scores by the same proxies make a column.
        ImmutableArray<ProxyDescriptor> proxies = rows.IsEmpty || rows.Any(row => !row.Proxies.SequenceEqual(rows[0].Proxies) || row.Scores.Length != row.Proxies.Length) ? [] : rows[0].Proxies;
        return NotebookView.Of(Html.Of($"<p>{summary}</p>{(rows.IsEmpty ? Html.Empty : new RankingView(rows, "total", proxies, null).Table())}"));
    }

    private static string Summary(SearchResult result, int shown) => result.Ranked.IsEmpty
        ? $"Nothing of {result.Space} was scored before the search ended."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"The best {shown:N0} of {result.Evaluations:N0} architectures of {result.Space}, by {result.Aggregator.Replace('-', ' ')}; searched by {result.Strategy}, seed {result.Seed}.");

    private static Html Notices(SearchResult result) => result.Notices.IsEmpty ? Html.Empty : Html.Of(
        $"<div class=\"notices\">{Html.Join(result.Notices.Select(notice => Html.Of($"<p>{notice.Message}</p>")))}</div>");

    private Html Table() => Html.Of($"""
        <div class="wide"><table><thead><tr>{Html.Join(_columns.Select(column => Html.Of($"<th{Class(column.OfText)} scope=\"col\">{column.Name}</th>")))}</tr></thead><tbody>{Html.Join(_rows.Select(Row))}</tbody></table></div>
        """);

    private Html Row(ScoredArchitecture row) =>
        Html.Of($"<tr>{Html.Join(_columns.Select(column => Html.Of($"<td{Class(column.OfText)}>{column.Cell(row)}</td>")))}</tr>");

    private static Html Class(bool ofText) => ofText ? Html.Trusted(" class=\"text\"") : Html.Empty;

    private static Html Scored(ScoredArchitecture row, int index)
    {
        Score score = row.Scores[index];
        Html rank = index < row.Ranks.Length ? Html.Of($"<br/><small>rank {ReportFigures.Number(row.Ranks[index])}</small>") : Html.Empty;
        return score.Kind == ScoreKind.Failed ? Html.Of($"<span title=\"{score.Failure}\">failed</span>{rank}") : Html.Of($"{ReportFigures.Score(score)}{rank}");
    }

    private static Func<ScoredArchitecture, Html> Cost(SearchResult result, Func<NetworkCost, long> part) =>
        row => Html.Of($"{(result.TryGetCost(row, out NetworkCost cost) ? Whole(part(cost)) : "failed")}");

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

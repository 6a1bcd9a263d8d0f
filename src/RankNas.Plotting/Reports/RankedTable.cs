using System.Globalization;

namespace RankNas;

/// <summary>The ranked architectures of a report, sortable by every column.</summary>
internal sealed class RankedTable(SearchResult result, ReportOptions options)
{
    public Html Write() => Html.Of($"""
        <section aria-labelledby="ranking">
        <h2 id="ranking">Ranking</h2>
        <p class="muted">{Scope()}</p>
        <div class="wide" tabindex="0" role="group" aria-label="Ranked architectures">
        <table class="sortable">
        <thead><tr>{Head()}</tr></thead>
        <tbody>
        {Html.Join(result.Ranked.Take(options.Top).Select(Row))}
        </tbody>
        </table>
        </div>
        </section>
        """);

    private string Scope()
    {
        string whole = FormattableString.Invariant($"{result.Ranked.Length:N0} {(result.Ranked.Length == 1 ? "architecture" : "architectures")} of the strategy's final set, within which the ranks are");
        return options.Top < result.Ranked.Length
            ? FormattableString.Invariant($"The first {options.Top:N0} of the {whole}.")
            : $"The {whole}.";
    }

    private Html Head() => Html.Join(
    [
        Header("#"), Html.Of($"<th scope=\"col\" class=\"text\">architecture</th>"), Header(result.Aggregator.Replace('-', ' ')),
        .. result.Proxies.SelectMany(proxy => (Html[])[Header(proxy.Id), Header("rank")]),
        .. options.Accuracies.Select(accuracy => Header($"{accuracy.Name} %")),
        Header("parameters"), Header("MACs"),
    ]);

    private Html Row(SearchCandidate candidate) => Html.Of($"<tr>{Html.Join(Cells(candidate))}</tr>\n");

    private IEnumerable<Html> Cells(SearchCandidate candidate) =>
    [
        Cell(candidate.Rank, Whole(candidate.Rank)),
        Html.Of($"<td class=\"text\"><code>{candidate.Architecture.Text}</code></td>"),
        Cell(candidate.Total, ReportFigures.Number(candidate.Total)),
        .. candidate.Scores.Zip(candidate.Ranks).SelectMany(proxy => (Html[])
            [Cell(proxy.First.Value, ReportFigures.Score(proxy.First)), Cell(proxy.Second, ReportFigures.Number(proxy.Second))]),
        .. options.Accuracies.Select(accuracy => accuracy.Of(candidate.Architecture))
            .Select(percent => Cell(percent ?? double.NaN, ReportFigures.Percent(percent))),
        Cell(candidate.Cost.Parameters, Whole(candidate.Cost.Parameters)),
        Cell(candidate.Cost.Macs, Whole(candidate.Cost.Macs)),
    ];

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static Html Header(string text) => Html.Of($"<th scope=\"col\">{text}</th>");

    // The script sorts by the attribute; empty is no number.
    private static Html Cell(double value, string text) =>
        Html.Of($"<td data-value=\"{(double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture))}\">{text}</td>");
}

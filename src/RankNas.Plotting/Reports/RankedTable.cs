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
        .. result.Proxies.Select(proxy => Header(proxy.Id)),
        .. options.Accuracies.Select(accuracy => Header($"{accuracy.Name} %")),
        Header("parameters"), Header("MACs"),
    ]);

    private Html Row(SearchCandidate candidate) => Html.Of($"<tr>{Html.Join(Cells(candidate))}</tr>\n");

    private IEnumerable<Html> Cells(SearchCandidate candidate) =>
    [
        Cell(candidate.Rank, Whole(candidate.Rank)),
        Html.Of($"<td class=\"text\"><code>{Breakable(candidate.Architecture.Text)}</code></td>"),
        Cell(candidate.Total, ReportFigures.Number(candidate.Total)),
        .. candidate.Scores.Zip(candidate.Ranks, (score, rank) => Cell(rank, ReportFigures.Score(score), $"rank {ReportFigures.Number(rank)}")),
        .. options.Accuracies.Select(accuracy => accuracy.Of(candidate.Architecture))
            .Select(percent => Cell(percent ?? double.NaN, ReportFigures.Percent(percent))),
        .. candidate.TryGetCost(out NetworkCost cost)
            ? (Html[])[Cell(cost.Parameters, Whole(cost.Parameters)), Cell(cost.Macs, Whole(cost.Macs))]
            : [Cell(double.NaN, "failed"), Cell(double.NaN, "failed")],
    ];

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static Html Header(string text) => Html.Of($"<th scope=\"col\">{text}</th>");

    // A long architecture may go on in the next line after a node.
    private static Html Breakable(string architecture) => Html.Join(architecture.Split('+').Select((part, place) =>
        place == 0 ? Html.Of($"{part}") : Html.Of($"+<wbr/>{part}")));

    // The script sorts by the attribute; empty is no number.
    private static Html Cell(double value, string text, string? below = null) => Html.Of(
        $"<td data-value=\"{(double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture))}\">{text}{(below is null ? Html.Empty : Html.Of($"<br/><small>{below}</small>"))}</td>");
}

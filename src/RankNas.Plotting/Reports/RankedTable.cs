using System.Text.RegularExpressions;
using RankNas.Ranking;

namespace RankNas.Plotting.Reports;

/// <summary>The ranked architectures of a report, sortable by every column.</summary>
internal sealed partial class RankedTable(SearchResult result, ReportOptions options)
{
    public Html Write() => Html.Of($"""
        <section aria-labelledby="ranking">
        <h2 id="ranking">Ranking</h2>
        <p class="muted">{Scope()}</p>
        <div class="wide" tabindex="0" role="group" aria-label="Ranked architectures">
        <table class="sortable cards">
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
        string whole = FormattableString.Invariant($"{result.Ranked.Length:N0} {(result.Ranked.Length == 1 ? "architecture" : "architectures")} scored, within which the ranks are");
        return options.Top < result.Ranked.Length
            ? FormattableString.Invariant($"The first {options.Top:N0} of the {whole}.")
            : $"The {whole}.";
    }

    private Html Head() => Html.Join(Columns.Select(column =>
        column.OfText ? Html.Of($"<th scope=\"col\" class=\"text\">{column.Name}</th>") : Html.Of($"<th scope=\"col\">{column.Name}</th>")));

    private Html Row(ScoredArchitecture candidate) => Html.Of(
        $"<tr>{Html.Join(Columns.Select(column => column.Cell(candidate, column.Name)))}</tr>\n");

    private Column[] Columns =>
    [
        new("#", (candidate, name) => Cell(name, candidate.Rank, Whole(candidate.Rank))),
        new("architecture", Architecture, OfText: true),
        new(result.Aggregator.Replace('-', ' '), (candidate, name) => Cell(name, candidate.Total, ReportFigures.Number(candidate.Total))),
        .. result.Proxies.Select((proxy, index) => new Column(proxy.Id, (candidate, name) => Cell(
            name, candidate.Ranks[index], ReportFigures.Score(candidate.Scores[index]), $"rank {ReportFigures.Number(candidate.Ranks[index])}"))),
        .. options.Accuracies.Select(accuracy => new Column($"{accuracy.Name} %", (candidate, name) =>
        {
            double? percent = accuracy.Of(candidate.Architecture);
            return Cell(name, percent ?? double.NaN, ReportFigures.Percent(percent));
        })),
        new("parameters", (candidate, name) => CostCell(candidate, name, cost => cost.Parameters)),
        new("MACs", (candidate, name) => CostCell(candidate, name, cost => cost.Macs)),
    ];

    private Html CostCell(ScoredArchitecture candidate, string name, Func<NetworkCost, long> part) => result.TryGetCost(candidate, out NetworkCost cost)
        ? Cell(name, part(cost), Whole(part(cost)))
        : Cell(name, double.NaN, result.HasSearchSpace ? "failed" : "not known");

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static Html Architecture(ScoredArchitecture candidate, string name) =>
        Html.Of($"<td class=\"text\" data-label=\"{name}\"><code>{Breakable(candidate.Architecture.Text)}</code></td>");

    /// <summary>Writes an architecture: a long one may go on in the next line after a node, and within one after an operation.</summary>
    public static Html Breakable(string architecture) => Html.Join(BreakPlace().Split(architecture).Select((part, place) =>
        place == 0 ? Html.Of($"{part}") : Html.Of($"<wbr/>{part}")));

    [GeneratedRegex(@"(?<=\+|[^+]\|)(?=[^+])")]
    private static partial Regex BreakPlace();

    // The script sorts by the value, where empty is no number; the style sheet names the cells of a card by the label.
    private static Html Cell(string label, double value, string text, string? below = null) => Html.Of($"""
        <td data-label="{label}" data-value="{(double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture))}">{text}{(below is null ? Html.Empty : Html.Of($"<br/><small>{below}</small>"))}</td>
        """);

    private sealed record Column(string Name, Func<ScoredArchitecture, string, Html> Cell, bool OfText = false);
}

using System.Net;
using System.Text;
using RankNas.Files;

namespace RankNas;

/// <summary>Writes results as tables.</summary>
public static class SearchResultExtensions
{
    /// <summary>Writes the best candidates as a table in plain text.</summary>
    /// <param name="result">The result.</param>
    /// <param name="top">How many candidates, at least 1.</param>
    /// <returns>The notices, if any, then a row per candidate: rank, architecture, rank sum, each proxy's score and rank, parameters,
    /// multiply-accumulates.</returns>
    public static string ToText(this SearchResult result, int top = 10)
    {
        string[][] rows = RowsOf(result, top, Shown);
        int[] widths = WidthsOf(rows);
        var table = new StringBuilder();
        AppendNotices(result, notice => table.Append("Notice: ").AppendLine(notice), () => table.AppendLine());
        for (int row = 0; row < rows.Length; row++)
        {
            table.AppendLine(string.Join("  ", PadAll(rows[row], widths)).TrimEnd());
            if (row == 0)
            {
                table.AppendLine(string.Join("  ", widths.Select(width => new string('-', width))));
            }
        }

        return table.ToString();
    }

    /// <summary>Writes the best candidates as a Markdown table.</summary>
    /// <inheritdoc cref="ToText"/>
    public static string ToMarkdown(this SearchResult result, int top = 10)
    {
        // A bar would end the cell.
        string[][] rows = RowsOf(result, top, text => $"`{Shown(text).Replace("|", "\\|", StringComparison.Ordinal)}`");
        int[] widths = WidthsOf(rows);
        var table = new StringBuilder();
        AppendNotices(result, notice => table.Append("- **Notice:** ").AppendLine(EscapedForMarkdown(notice)), () => table.AppendLine());
        for (int row = 0; row < rows.Length; row++)
        {
            table.Append("| ").AppendJoin(" | ", PadAll(rows[row], widths)).AppendLine(" |");
            if (row == 0)
            {
                table.Append('|').AppendJoin('|', widths.Select((width, column) =>
                    IsText(column) ? new string('-', width + 2) : new string('-', width + 1) + ':')).AppendLine("|");
            }
        }

        return table.ToString();
    }

    /// <summary>Writes the best candidates as an HTML table, for notebooks; all text is escaped, and there are no styles or scripts.</summary>
    /// <inheritdoc cref="ToText"/>
    public static string ToHtml(this SearchResult result, int top = 10)
    {
        string[][] rows = RowsOf(result, top, Shown);
        var table = new StringBuilder();
        bool hasNotices = !result.Notices.IsEmpty;
        table.Append(hasNotices ? $"<div>{Environment.NewLine}<ul>{Environment.NewLine}" : "");
        AppendNotices(
            result, notice => table.Append("<li>").Append(WebUtility.HtmlEncode(notice)).AppendLine("</li>"), () => table.AppendLine("</ul>"));
        table.AppendLine("<table>").AppendLine("<thead>");
        AppendHtml(table, rows[0], "th scope=\"col\"", "th");
        table.AppendLine("</thead>").AppendLine("<tbody>");
        foreach (string[] row in rows.Skip(1))
        {
            AppendHtml(table, row, "td", "td");
        }

        return table.AppendLine("</tbody>").AppendLine("</table>").Append(hasNotices ? $"</div>{Environment.NewLine}" : "").ToString();
    }

    /// <summary>Writes the candidates as CSV (RFC 4180); all numbers round-trip.</summary>
    /// <param name="result">The result.</param>
    /// <param name="top">How many candidates, at least 1; all of them by default.</param>
    /// <returns>A row per candidate: rank, architecture, rank sum, each proxy's score and rank, parameters, multiply-accumulates. An infinite score is
    /// <c>Infinity</c> or <c>-Infinity</c>, a failed one an empty field, and so is an unknown cost.</returns>
    public static string ToCsv(this SearchResult result, int top = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var table = new StringBuilder();
        AppendCsv(table, ["rank", "architecture", result.Aggregator, .. result.Proxies.SelectMany(proxy => (string[])[proxy.Id, $"{proxy.Id}-rank"]), "parameters", "macs"]);
        foreach (ScoredArchitecture candidate in result.Ranked.Take(top))
        {
            AppendCsv(table,
            [
                Exact(candidate.Rank), candidate.Architecture.Text, Exact(candidate.Total),
                .. candidate.Scores.Zip(candidate.Ranks).SelectMany(pair => (string[])
                    [pair.First.Kind == ScoreKind.Failed ? "" : Exact(pair.First.Value), Exact(pair.Second)]),
                .. result.TryGetCost(candidate, out NetworkCost cost) ? (string[])[Exact(cost.Parameters), Exact(cost.Macs)] : ["", ""],
            ]);
        }

        return table.ToString();
    }

    // A result may have been read from a file of strangers.
    private static string Shown(string text) => ShownText.OneLine(text, int.MaxValue);

    // A table without a word on what it is worth is believed.
    private static void AppendNotices(SearchResult result, Action<string> append, Action end)
    {
        foreach (SearchNotice notice in result.Notices)
        {
            append(Shown(notice.Message));
        }

        if (!result.Notices.IsEmpty)
        {
            end();
        }
    }

    private static string EscapedForMarkdown(string text) =>
        string.Concat(text.Select(character => "\\`*_[]<>|".Contains(character, StringComparison.Ordinal) ? $"\\{character}" : $"{character}"));

    private static void AppendHtml(StringBuilder table, string[] cells, string open, string close)
    {
        table.Append("<tr>");
        for (int column = 0; column < cells.Length; column++)
        {
            string align = IsText(column) ? "" : " align=\"right\"";
            table.Append('<').Append(open).Append(align).Append('>').Append(WebUtility.HtmlEncode(cells[column])).Append("</").Append(close).Append('>');
        }

        table.AppendLine("</tr>");
    }

    private static void AppendCsv(StringBuilder table, string[] fields) => table.AppendJoin(',', fields.Select(field =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field)).Append("\r\n");

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Exact(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string[][] RowsOf(SearchResult result, int top, Func<string, string> formatArchitecture)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        string[] header =
        [
            "#", "architecture", result.Aggregator.Replace('-', ' '),
            .. result.Proxies.SelectMany(proxy => (string[])[proxy.Id, "rank"]), "parameters", "MACs",
        ];
        return [header, .. result.Ranked.Take(top).Select(candidate => RowOf(result, candidate, formatArchitecture))];
    }

    private static string[] RowOf(SearchResult result, ScoredArchitecture candidate, Func<string, string> formatArchitecture) =>
    [
        candidate.Rank.ToString(CultureInfo.InvariantCulture),
        formatArchitecture(candidate.Architecture.Text),
        Figure(candidate.Total),
        .. candidate.Scores.Zip(candidate.Ranks).SelectMany(pair => (string[])
            [pair.First.Kind == ScoreKind.Failed ? "failed" : Figure(pair.First.Value), Figure(pair.Second)]),
        .. result.TryGetCost(candidate, out NetworkCost cost) ? (string[])[Whole(cost.Parameters), Whole(cost.Macs)] : !result.HasSearchSpace ? ["not known", "not known"] : ["failed", "failed"],
    ];

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Figure(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static bool IsText(int column) => column == 1;

    private static int[] WidthsOf(string[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];

    private static IEnumerable<string> PadAll(string[] row, int[] widths) =>
        row.Select((cell, column) => IsText(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
}

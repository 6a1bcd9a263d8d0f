using System.Globalization;
using System.Text;

namespace RankNas;

/// <summary>Results in forms for people.</summary>
public static class SearchResultExtensions
{
    /// <summary>Writes the best candidates as a table in plain text.</summary>
    /// <param name="result">The result.</param>
    /// <param name="top">How many candidates, at least 1.</param>
    /// <returns>A row each: rank, architecture, rank sum, each proxy's score and rank, parameters, multiply-accumulates.</returns>
    public static string ToText(this SearchResult result, int top = 10)
    {
        string[][] rows = RowsOf(result, top, text => text);
        int[] widths = WidthsOf(rows);
        var table = new StringBuilder();
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
        string[][] rows = RowsOf(result, top, text => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`");
        int[] widths = WidthsOf(rows);
        var table = new StringBuilder();
        for (int row = 0; row < rows.Length; row++)
        {
            table.AppendLine($"| {string.Join(" | ", PadAll(rows[row], widths))} |");
            if (row == 0)
            {
                table.AppendLine($"|{string.Join('|', widths.Select((width, column) =>
                    IsText(column) ? new string('-', width + 2) : new string('-', width + 1) + ':'))}|");
            }
        }

        return table.ToString();
    }

    private static string[][] RowsOf(SearchResult result, int top, Func<string, string> formatArchitecture)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        string[] header =
        [
            "#", "architecture", result.Aggregator.Replace('-', ' '),
            .. result.Proxies.SelectMany(proxy => (string[])[proxy.Id, "rank"]), "parameters", "MACs",
        ];
        return [header, .. result.Ranked.Take(top).Select(candidate => RowOf(candidate, formatArchitecture))];
    }

    private static string[] RowOf(SearchCandidate candidate, Func<string, string> formatArchitecture) =>
    [
        candidate.Rank.ToString(CultureInfo.InvariantCulture),
        formatArchitecture(candidate.Architecture.Text),
        Figure(candidate.Total),
        .. candidate.Scores.Zip(candidate.Ranks).SelectMany(pair => (string[])
            [pair.First.Kind == ScoreKind.Failed ? "failed" : Figure(pair.First.Value), Figure(pair.Second)]),
        candidate.Cost.Parameters.ToString("N0", CultureInfo.InvariantCulture),
        candidate.Cost.Macs.ToString("N0", CultureInfo.InvariantCulture),
    ];

    private static string Figure(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static bool IsText(int column) => column == 1;

    private static int[] WidthsOf(string[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];

    private static IEnumerable<string> PadAll(string[] row, int[] widths) =>
        row.Select((cell, column) => IsText(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
}

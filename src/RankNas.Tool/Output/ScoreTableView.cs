using System.Globalization;
using Spectre.Console;

namespace RankNas.Tool.Output;

/// <summary>Scores as a table for people.</summary>
internal static class ScoreTableView
{
    public static void Write(TextWriter output, IReadOnlyList<ScoreReport> reports)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("architecture").AddColumn(Right("parameters")).AddColumn(Right("MACs"));
        string[] proxies = [.. reports.SelectMany(report => report.Scores.Keys.Concat(report.Failures.Keys)).Distinct()];
        foreach (string proxy in proxies)
        {
            table.AddColumn(Right(proxy));
        }

        foreach (ScoreReport report in reports)
        {
            string[] cells =
            [
                report.Arch,
                report.Parameters.ToString("N0", CultureInfo.InvariantCulture),
                report.Macs.ToString("N0", CultureInfo.InvariantCulture),
                .. proxies.Select(proxy => report.Scores.TryGetValue(proxy, out double score) ? Figures.Of(score) : "failed"),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        Consoles.On(output).Write(table);
        foreach ((string proxy, string failure) in reports.SelectMany(report => report.Failures))
        {
            output.WriteLine($"{proxy}: {ShownText.Of(failure.ReplaceLineEndings(" "), 500)}");
        }
    }

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned();
}

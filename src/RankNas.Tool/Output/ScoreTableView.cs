using RankNas.Files;

namespace RankNas.Tool.Output;

/// <summary>Scores as a table for people.</summary>
internal static class ScoreTableView
{
    public static void Write(TextWriter output, IReadOnlyList<ScoreReport> reports, int? width)
    {
        if (reports.Count == 0)
        {
            output.WriteLine("Cancelled before anything was scored.");
            return;
        }

        string[] proxies = [.. reports.SelectMany(report => report.Scores.Keys.Concat(report.Failures.Keys)).Distinct()];
        new TextTable(
            [new TextColumn("#", NumberColumn.Of(reports.Select((_, index) => index + 1L)))],
            [
                .. proxies.Select(proxy => new TextColumn(proxy, NumberColumn.Of(reports.Select(report =>
                    report.Scores.TryGetValue(proxy, out double score) ? score : (double?)null)))),
                .. CostsBeside(proxies, reports),
            ],
            new TextColumn("architecture", [.. reports.Select(report => ShownText.Of(report.Arch, int.MaxValue))], IsText: true)).Write(output, width);
        foreach ((int index, ScoreReport report) in reports.Index())
        {
            foreach ((string proxy, string failure) in report.Failures)
            {
                output.WriteParagraph($"{index + 1}, {proxy}: {ShownText.OneLine(failure)}", width);
            }
        }
    }

    // Where they are proxies too, they are there already.
    private static IEnumerable<TextColumn> CostsBeside(string[] proxies, IReadOnlyList<ScoreReport> reports)
    {
        if (!proxies.Contains("params"))
        {
            yield return new TextColumn("parameters", NumberColumn.Of(reports.Select(report => report.Parameters)));
        }

        if (!proxies.Contains("macs"))
        {
            yield return new TextColumn("MACs", NumberColumn.Of(reports.Select(report => report.Macs)));
        }
    }
}

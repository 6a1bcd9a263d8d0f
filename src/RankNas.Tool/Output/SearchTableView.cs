using System.Globalization;
using Spectre.Console;

namespace RankNas.Tool.Output;

/// <summary>A search's result as a table for people.</summary>
internal static class SearchTableView
{
    public static void Write(TextWriter output, SearchResult result, SearchReport report)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn(Right("#")).AddColumn("architecture").AddColumn(Right("rank sum"));
        foreach (ProxyDescriptor proxy in result.Proxies)
        {
            table.AddColumn(Right(proxy.Id)).AddColumn(Right("rank"));
        }

        string[] dataSets = [.. report.Ranked.SelectMany(candidate => candidate.Accuracy?.Keys ?? []).Distinct()];
        foreach (string dataSet in dataSets)
        {
            table.AddColumn(Right($"{ShownText.Of(dataSet)} {(HasTest(dataSet) ? "test" : "validation")} %"));
        }

        table.AddColumn(Right("parameters")).AddColumn(Right("MACs"));
        foreach (CandidateReport candidate in report.Ranked)
        {
            string[] cells =
            [
                candidate.Rank.ToString(CultureInfo.InvariantCulture),
                candidate.Arch,
                Figures.Of(candidate.RankSum),
                .. result.Proxies.SelectMany(proxy => (string[])
                [
                    candidate.Scores.TryGetValue(proxy.Id, out double score) ? Figures.Of(score) : "failed",
                    Figures.Of(candidate.Ranks[proxy.Id]),
                ]),
                .. dataSets.Select(dataSet => candidate.Accuracy?.GetValueOrDefault(dataSet) is { } accuracy ? (HasTest(dataSet) ? accuracy.Test : accuracy.Validation)?.ToString("F2", CultureInfo.InvariantCulture) ?? "" : ""),
                candidate.Parameters.ToString("N0", CultureInfo.InvariantCulture),
                candidate.Macs.ToString("N0", CultureInfo.InvariantCulture),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        bool HasTest(string dataSet) => report.Ranked.Any(candidate => candidate.Accuracy?.GetValueOrDefault(dataSet)?.Test is not null);

        Consoles.On(output).Write(table);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Evaluations} architectures of {result.Space} scored in {result.Elapsed.TotalSeconds:F1} s, strategy {result.Strategy}, seed {result.Seed}: {report.End}."));
        output.WriteLine($"Images: {result.Images.Description}, batch {result.Images.BatchSize}.");
        if (!result.Constraints.IsEmpty)
        {
            output.WriteLine($"Only architectures with {string.Join(" and ", result.Constraints)}.");
        }

        if (result.History.FirstOrDefault(HasFailed) is { } failed)
        {
            string reason = failed.Scores.First(score => score.Kind == ScoreKind.Failed).Failure!;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{result.History.Count(HasFailed)} of {result.Evaluations} have a failed score, such as {failed.Architecture}: {ShownText.Of(reason.ReplaceLineEndings(" "), 500)}"));
        }
    }

    private static bool HasFailed(EvaluatedArchitecture evaluated) => evaluated.Scores.Any(score => score.Kind == ScoreKind.Failed);

    private static TableColumn Right(string header) => new TableColumn(header).RightAligned();
}

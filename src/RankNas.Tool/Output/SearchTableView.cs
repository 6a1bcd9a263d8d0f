using RankNas.Files;

namespace RankNas.Tool.Output;

/// <summary>A search's result as a table for people.</summary>
internal static class SearchTableView
{
    public static void Write(TextWriter output, SearchResult result, SearchReport report, int? width)
    {
        if (report.Ranked.Count == 0)
        {
            output.WriteLine("Cancelled before anything was scored.");
            return;
        }

        TableOf(result, report).Write(output, width);
        output.WriteLine();
        output.WriteParagraph(SummaryOf(result, report), width);
        output.WriteParagraph($"Images: {ShownText.OneLine(result.Images.Description)}, batch {result.Images.BatchSize}.", width);
        if (!result.Constraints.IsEmpty)
        {
            output.WriteParagraph($"Only architectures with {string.Join(" and ", result.Constraints)}.", width);
        }

        if (report.Knee is { } knee)
        {
            output.WriteParagraph(
                $"The Pareto front of the rank{string.Concat(result.Objectives.Select(objective => $", {objective.Id}"))}: {report.Ranked.Count} of all; its knee is {ShownText.Of(knee, int.MaxValue)}.", width);
        }

        NoticeReport.Write(output, report.Notices, width);
    }

    private static TextTable TableOf(SearchResult result, SearchReport report)
    {
        IReadOnlyList<CandidateReport> ranked = report.Ranked;
        string[] dataSets = [.. ranked.SelectMany(candidate => candidate.Accuracy?.Keys ?? []).Distinct()];
        return new TextTable(
            [new TextColumn("#", NumberColumn.Of(ranked.Select(candidate => (long)candidate.Rank)))],
            [
                new TextColumn(result.Aggregator.Replace('-', ' '), NumberColumn.Of(ranked.Select(candidate => candidate.RankSum))),
                .. result.Proxies.SelectMany(proxy => (TextColumn[])
                [
                    new TextColumn(proxy.Id, NumberColumn.Of(ranked.Select(candidate =>
                        candidate.Scores.TryGetValue(proxy.Id, out double score) ? score : (double?)null))),
                    new TextColumn("rank", NumberColumn.Of(ranked.Select(candidate => candidate.Ranks[proxy.Id]))),
                ]),
                .. result.Objectives.Where(objective => objective.Id is not ("params" or "macs")).Select(objective =>
                    new TextColumn(HeadingOf(objective.Id), NumberColumn.Of(ranked.Select(candidate => candidate.Objectives![objective.Id])))),
                .. dataSets.Select(dataSet => AccuracyColumn(ranked, dataSet)),
                new TextColumn("parameters", NumberColumn.Of(ranked.Select(candidate => candidate.Parameters))),
                new TextColumn("MACs", NumberColumn.Of(ranked.Select(candidate => candidate.Macs))),
            ],
            new TextColumn("architecture", [.. ranked.Select(candidate => ShownText.Of(candidate.Arch, int.MaxValue))], IsText: true));
    }

    private static string HeadingOf(string objective) => objective switch { "memory" => "memory (B)", "latency" => "latency (ms)", _ => ShownText.Of(objective) };

    // Validation accuracies stand in for test accuracies where a benchmark has no others.
    private static TextColumn AccuracyColumn(IReadOnlyList<CandidateReport> ranked, string dataSet)
    {
        AccuracyReport?[] accuracies = [.. ranked.Select(candidate => candidate.Accuracy?.GetValueOrDefault(dataSet))];
        bool hasTest = accuracies.Any(accuracy => accuracy?.Test is not null);
        return new TextColumn(
            $"{ShownText.Of(dataSet)} {(hasTest ? "test" : "validation")} %",
            NumberColumn.Of(accuracies.Select(accuracy => hasTest ? accuracy?.Test : accuracy?.Validation), decimals: 2));
    }

    private static string SummaryOf(SearchResult result, SearchReport report)
    {
        string end = result.End switch
        {
            SearchEnd.BudgetUsed => "ended with its budget",
            SearchEnd.Cancelled => string.Create(CultureInfo.InvariantCulture, $"cancelled before its budget of {result.Budget:N0}"),
            SearchEnd.TimeUsed => string.Create(CultureInfo.InvariantCulture, $"ended with its time, before its budget of {result.Budget:N0}"),
            _ => "completed",
        };
        string stored = report.FromStore > 0
            ? string.Create(CultureInfo.InvariantCulture, $" ({report.FromStore:N0} of {result.Evaluations:N0} from the store)")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Evaluations:N0} architectures of {result.Space} scored in {result.Elapsed.TotalSeconds:N1} s{stored}, strategy {result.Strategy}, "
            + $"seed {result.Seed}: {end}.");
    }
}

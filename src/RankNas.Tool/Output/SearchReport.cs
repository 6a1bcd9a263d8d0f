namespace RankNas.Tool.Output;

/// <summary>A search as <c>ranknas search --json</c> writes it.</summary>
internal sealed record SearchReport(
    string Version,
    string Space,
    string Strategy,
    string Aggregator,
    long Seed,
    long StrategySeed,
    int Budget,
    IReadOnlyList<string> Constraints,
    int Evaluations,
    int FromStore,
    string End,
    double Seconds,
    ImagesReport Images,
    IReadOnlyList<NoticeReport> Notices,
    CandidateReport? Best,
    IReadOnlyList<CandidateReport> Ranked,
    string? Knee)
{
    /// <summary>Makes the report of a search.</summary>
    /// <param name="result">The result.</param>
    /// <param name="top">How many ranked architectures it has; null for the Pareto front.</param>
    /// <param name="accuracies">The accuracies that are shown; null where there are none.</param>
    public static SearchReport Of(SearchResult result, int? top, IAccuracyBenchmark? accuracies)
    {
        CandidateReport[] ranked = [.. (top is { } most ? result.Ranked.Take(most) : result.ParetoFront).Select(candidate => CandidateReport.Of(candidate, result, accuracies))];
        return new SearchReport(
            ToolVersion.Text,
            result.Space,
            result.Strategy,
            result.Aggregator,
            result.Seed,
            long.Parse(result.Settings.Single(setting => setting.Name == "strategy-seed").Value, CultureInfo.InvariantCulture),
            result.Budget,
            result.Constraints,
            result.Evaluations,
            result.History.Count(evaluated => evaluated.FromStore),
            result.End switch { SearchEnd.BudgetUsed => "budget-used", SearchEnd.Cancelled => "cancelled", SearchEnd.TimeUsed => "time-used", _ => "completed" },
            result.Elapsed.TotalSeconds,
            ImagesReport.Of(result.Images),
            NoticeReport.Of(result),
            result.Ranked.IsEmpty ? null : CandidateReport.Of(result.Best, result, accuracies),
            ranked,
            top is null && ranked.Length > 0 ? result.KneePoint.Architecture.Text : null);
    }
}

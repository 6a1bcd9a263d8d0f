namespace RankNas.Tool.Output;

/// <summary>A search as <c>ranknas search --json</c> writes it.</summary>
internal sealed record SearchReport(
    string Space,
    string Strategy,
    long Seed,
    int Evaluations,
    string End,
    double Seconds,
    ImagesReport Images,
    CandidateReport? Best,
    IReadOnlyList<CandidateReport> Ranked)
{
    public static SearchReport Of(SearchResult result, int top, IAccuracyBenchmark? accuracies)
    {
        CandidateReport[] ranked = [.. result.Ranked.Take(top).Select(candidate => CandidateReport.Of(candidate, result, accuracies))];
        return new SearchReport(
            result.Space,
            result.Strategy,
            result.Seed,
            result.Evaluations,
            result.End switch { SearchEnd.BudgetUsed => "budget-used", SearchEnd.Cancelled => "cancelled", _ => "completed" },
            result.Elapsed.TotalSeconds,
            ImagesReport.Of(result.Images),
            ranked.FirstOrDefault(),
            ranked);
    }
}

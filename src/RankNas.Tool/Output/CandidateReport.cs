using RankNas.Graphs;

namespace RankNas.Tool.Output;

/// <summary>A ranked architecture as JSON has it.</summary>
internal sealed record CandidateReport(
    int Rank,
    double RankSum,
    string Arch,
    long Parameters,
    long Macs,
    IReadOnlyDictionary<string, double> Scores,
    IReadOnlyDictionary<string, double> Ranks,
    IReadOnlyDictionary<string, double>? Objectives,
    IReadOnlyDictionary<string, AccuracyReport>? Accuracy,
    IReadOnlyDictionary<string, string>? Failures)
{
    public static CandidateReport Of(ScoredArchitecture candidate, SearchResult result, IAccuracyBenchmark? accuracies)
    {
        string[] proxies = [.. result.Proxies.Select(proxy => proxy.Id)];
        Dictionary<string, string> failures = ScoreMaps.Failures(proxies, candidate.Scores);
        NetworkCost cost = result.CostOf(candidate);
        return new CandidateReport(
            candidate.Rank,
            candidate.Total,
            candidate.Architecture.Text,
            cost.Parameters,
            cost.Macs,
            ScoreMaps.Values(proxies, candidate.Scores),
            proxies.Zip(candidate.Ranks).ToDictionary(pair => pair.First, pair => pair.Second),
            result.Objectives.IsEmpty ? null : result.Objectives.Zip(candidate.Objectives).ToDictionary(pair => pair.First.Id, pair => pair.Second),
            accuracies?.Find(candidate.Architecture)?.ToDictionary(pair => pair.Key, pair => new AccuracyReport(pair.Value.Validation, pair.Value.Test)),
            failures.Count > 0 ? failures : null);
    }
}

using RankNas.Graphs;

namespace RankNas.Tool.Output;

/// <summary>An architecture as <c>ranknas score --json</c> writes it.</summary>
internal sealed record ScoreReport(
    string Arch,
    long Parameters,
    long Macs,
    double Seconds,
    IReadOnlyDictionary<string, double> Scores,
    IReadOnlyDictionary<string, string> Failures)
{
    public static ScoreReport Of(ScoredArchitecture evaluated, NetworkCost cost, IReadOnlyList<string> proxies) => new(
        evaluated.Architecture.Text,
        cost.Parameters,
        cost.Macs,
        evaluated.Seconds,
        ScoreMaps.Values(proxies, evaluated.Scores),
        ScoreMaps.Failures(proxies, evaluated.Scores));
}

using RankNas.Scores;

namespace RankNas.Tool.Output;

/// <summary>Scores by proxy id, numbers and failures apart.</summary>
internal static class ScoreMaps
{
    public static Dictionary<string, double> Values(IReadOnlyList<string> proxies, IReadOnlyList<Score> scores) =>
        proxies.Zip(scores).Where(pair => pair.Second.Kind != ScoreKind.Failed).ToDictionary(pair => pair.First, pair => pair.Second.Value);

    public static Dictionary<string, string> Failures(IReadOnlyList<string> proxies, IReadOnlyList<Score> scores) =>
        proxies.Zip(scores).Where(pair => pair.Second.Kind == ScoreKind.Failed).ToDictionary(pair => pair.First, pair => pair.Second.Failure!);
}

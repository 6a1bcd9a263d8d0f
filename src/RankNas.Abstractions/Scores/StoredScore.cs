namespace RankNas;

/// <summary>A score as a store keeps it.</summary>
/// <param name="Key">What it is found by.</param>
/// <param name="Score">The score.</param>
/// <param name="Seconds">How long the whole architecture took to score, all proxies together, in seconds.</param>
public sealed record StoredScore(ScoreKey Key, Score Score, double Seconds);

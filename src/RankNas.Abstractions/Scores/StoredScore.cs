namespace RankNas.Scores;

/// <summary>A score in a store.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Score">The score.</param>
/// <param name="Seconds">How long the whole architecture took to score, all proxies together, in seconds: finite, at least 0.</param>
public sealed record StoredScore(ScoreKey Key, Score Score, double Seconds)
{
    /// <summary>Gets how long the whole architecture took to score, all proxies together, in seconds.</summary>
    public double Seconds { get; init => field = Checked(value); } = Checked(Seconds);

    private static double Checked(double seconds) => double.IsFinite(seconds) && seconds >= 0
        ? seconds
        : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "The seconds that scoring took are finite, and at least 0.");
}

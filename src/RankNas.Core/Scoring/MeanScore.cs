namespace RankNas.Scoring;

/// <summary>One score from several initialisations.</summary>
internal static class MeanScore
{
    /// <summary>The mean of finite scores; where one failed or is infinite, that one, failures first.</summary>
    public static Score Of(IEnumerable<Score> repeats)
    {
        Score[] scores = [.. repeats];
        return scores.Any(score => score.Kind == ScoreKind.Failed) ? scores.First(score => score.Kind == ScoreKind.Failed)
            : scores.Any(score => score.Kind == ScoreKind.Infinite) ? scores.First(score => score.Kind == ScoreKind.Infinite)
            : Score.Of(scores.Average(score => score.Value));
    }
}

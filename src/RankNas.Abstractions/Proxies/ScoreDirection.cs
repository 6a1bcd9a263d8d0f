namespace RankNas.Proxies;

/// <summary>Whether higher or lower scores of a proxy are better.</summary>
public enum ScoreDirection
{
    /// <summary>Higher scores are better.</summary>
    HigherIsBetter,

    /// <summary>Lower scores are better.</summary>
    LowerIsBetter,
}

namespace RankNas.Proxies;

/// <summary>Which scores of a proxy promise more accuracy.</summary>
public enum ScoreDirection
{
    /// <summary>Higher scores are better.</summary>
    HigherIsBetter,

    /// <summary>Lower scores are better.</summary>
    LowerIsBetter,
}

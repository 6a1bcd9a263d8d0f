namespace RankNas.Scores;

/// <summary>What came of scoring a network by a proxy.</summary>
public enum ScoreKind
{
    /// <summary>A finite number.</summary>
    Finite,

    /// <summary>Plus or minus infinity, truly: NASWOT of a singular kernel matrix, say.</summary>
    Infinite,

    /// <summary>No number: the proxy threw, or returned NaN.</summary>
    Failed,
}

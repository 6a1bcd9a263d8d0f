namespace RankNas.Scores;

/// <summary>The kinds of scores.</summary>
public enum ScoreKind
{
    /// <summary>A finite number.</summary>
    Finite,

    /// <summary>Plus or minus infinity, such as NASWOT of a singular kernel matrix.</summary>
    Infinite,

    /// <summary>No number: the proxy threw, or returned NaN.</summary>
    Failed,
}

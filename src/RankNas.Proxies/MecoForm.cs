namespace RankNas.Proxies;

/// <summary>The forms of MeCo.</summary>
public enum MecoForm
{
    /// <summary>Σ λ_min(P), P of all channels of a layer.</summary>
    Full,

    /// <summary>Σ C/n · λ_min(P′), P′ of n = min(8, C) channels of a layer, so that wide layers do not count less than narrow ones: MeCo_opt.</summary>
    Optimized,
}

namespace RankNas;

/// <summary>The dtype that networks run in.</summary>
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>64-bit floating point: slow, for checking.</summary>
    Float64,

    /// <summary>16-bit floating point with eight bits of significand: faster; scores change in the fourth or fifth digit.</summary>
    BFloat16,
}

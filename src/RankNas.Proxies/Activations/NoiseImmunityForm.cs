namespace RankNas;

/// <summary>The two forms in which noise immunity is scored.</summary>
public enum NoiseImmunityForm
{
    /// <summary>η, as the paper defines it: lower is better.</summary>
    Eta,

    /// <summary>ln(γρ/η), as the authors' program has it: higher is better.</summary>
    Complexity,
}

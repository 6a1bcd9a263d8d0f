namespace RankNas.Proxies;

/// <summary>The forms in which noise immunity is scored.</summary>
public enum NoiseImmunityForm
{
    /// <summary>η, as the paper defines it: lower is better.</summary>
    Eta,

    /// <summary>ln(γρ/η), as the authors' program has it, 0 where η is not above 0, as for most small networks: higher is better.</summary>
    Complexity,

    /// <summary>ln(γρ/ln(1 + Σ)), which is <see cref="Complexity"/> for networks with much noise and is defined for all: higher is better.</summary>
    Log1p,
}

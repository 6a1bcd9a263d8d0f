namespace RankNas.Proxies;

/// <summary>The forms of noise immunity.</summary>
public enum NoiseImmunityForm
{
    /// <summary>η, as the paper defines it: lower is better.</summary>
    Eta,

    /// <summary>ln(γρ/η), as in the authors' program; 0 if η ≤ 0, as for most small networks: higher is better.</summary>
    Complexity,

    /// <summary>ln(γρ/ln(1 + Σ)), which equals <see cref="Complexity"/> for large Σ and is defined for all networks: higher is better.</summary>
    Log1p,

    /// <summary><see cref="Log1p"/> over live layers alone: those that the network's output depends on. Without a graph, all layers count.</summary>
    Live,
}

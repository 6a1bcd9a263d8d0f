namespace RankNas.Kernels.Winograd;

/// <summary>The points 0, ±p, ±q and ∞ at which the products are taken, and their powers.</summary>
/// <remarks>
/// Any would do: Lavin and Gray's 1 and 2 err four times as much. With these, all of Aᵀ and Bᵀ is exact in float32.
/// </remarks>
internal static class WinogradPoints
{
    public const float P = 3f / 4;
    public const float Q = 3f / 2;
    public const float P2 = P * P;
    public const float Q2 = Q * Q;
    public const float P3 = P * P * P;
    public const float Q3 = Q * Q * Q;
}

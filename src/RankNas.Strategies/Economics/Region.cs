using RankNas.Ranking;

namespace RankNas.Strategies.Economics;

/// <summary>A region of the space with its goods, and how it was invested in.</summary>
/// <param name="goods">The goods at first.</param>
internal sealed class Region(IEnumerable<ScoredArchitecture> goods)
{
    /// <summary>Gets the goods, the best known architectures of the region.</summary>
    public List<ScoredArchitecture> Goods { get; } = [.. goods];

    /// <summary>Gets tᵃ, the investments since the region was last passed over.</summary>
    public int Invested { get; private set; } = 1;

    /// <summary>Gets tᵇ, the rounds since the region was last invested in.</summary>
    public int PassedOver { get; private set; } = 1;

    /// <summary>Gets T = tᵇ/tᵃ: how rarely the region was invested in lately.</summary>
    public double Rarity => (double)PassedOver / Invested;

    /// <summary>Ends a round.</summary>
    /// <param name="investments">How many searchers invested in the region in it.</param>
    public void EndRound(int investments) => (Invested, PassedOver) = investments > 0
        ? (Invested + investments, 1)
        : (1, PassedOver + 1);
}

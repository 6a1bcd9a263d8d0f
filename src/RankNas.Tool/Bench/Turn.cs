using RankNas.Tool.Bench.Contenders;

namespace RankNas.Tool.Bench;

/// <summary>What contenders needed for the same architectures, one after the other.</summary>
internal sealed record Turn(int Architectures, IReadOnlyDictionary<string, BlockFigures> Figures)
{
    public double SecondsOf(string contender) => Figures[contender].Seconds;

    /// <summary>Gets a contender's time over RankNas's.</summary>
    public double TimesRankNas(string contender) => SecondsOf(contender) / SecondsOf(ContenderNames.RankNas);
}

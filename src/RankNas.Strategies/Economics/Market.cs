using RankNas.Ranking;
using RankNas.SearchSpaces;

namespace RankNas.Strategies.Economics;

/// <summary>What every architecture of a set is worth: the share of the set that does not rank before it, greater than 0 and at most 1.</summary>
/// <remarks>The rank sums of a set order it, and do not say how far apart two are worth: an aggregator's totals may even be negative.</remarks>
internal sealed class Market
{
    private readonly Dictionary<Architecture, double> _worth = [];

    /// <summary>Initializes the market.</summary>
    /// <param name="ranked">The set, ranked.</param>
    public Market(IReadOnlyList<ScoredArchitecture> ranked)
    {
        double worth = 1, total = double.NaN;
        for (int place = 0; place < ranked.Count; place++)
        {
            if (!ranked[place].Total.Equals(total))
            {
                (worth, total) = (1 - ((double)place / ranked.Count), ranked[place].Total);
            }

            _worth.Add(ranked[place].Architecture, worth);
        }
    }

    /// <summary>Gets f of an architecture of the set.</summary>
    public double WorthOf(Architecture architecture) => _worth[architecture];

    /// <summary>Gets f of an architecture of the set.</summary>
    public double WorthOf(ScoredArchitecture scored) => _worth[scored.Architecture];
}

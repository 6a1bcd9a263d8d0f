using RankNas.Proxies;
using RankNas.Scores;

namespace RankNas.Ranking;

/// <summary>Where a score stands among others: smaller is better, finite before infinite before failed.</summary>
internal readonly record struct SortKey(int Group, double Cost) : IComparable<SortKey>
{
    public static SortKey Of(Score score, ScoreDirection direction) => score.Kind switch
    {
        ScoreKind.Finite => new SortKey(0, direction == ScoreDirection.HigherIsBetter ? -score.Value : score.Value),
        ScoreKind.Infinite => new SortKey(1, 0),
        _ => new SortKey(2, 0),
    };

    public int CompareTo(SortKey other) => Group != other.Group ? Group.CompareTo(other.Group) : Cost.CompareTo(other.Cost);
}

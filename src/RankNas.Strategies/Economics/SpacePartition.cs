using RankNas.SearchSpaces;

namespace RankNas.Strategies.Economics;

/// <summary>Divides a space into regions: equal parts of it in the lexicographic order of the genes, so that the first genes decide.</summary>
/// <remarks>The parts are those of a sample: a space need not have an index, and viable architectures may be anywhere in it.</remarks>
internal sealed class SpacePartition
{
    private readonly Architecture[] _firsts;

    /// <summary>Initializes the partition.</summary>
    /// <param name="sample">Distinct architectures of the space, at least one.</param>
    /// <param name="regions">How many regions; as many as there are architectures if those are fewer.</param>
    public SpacePartition(IReadOnlyCollection<Architecture> sample, int regions)
    {
        Architecture[] ordered = [.. sample.Order(Comparer<Architecture>.Create(Compare))];
        Count = Math.Min(regions, ordered.Length);
        _firsts = [.. Enumerable.Range(1, Count - 1).Select(region => ordered[(int)((long)region * ordered.Length / Count)])];
    }

    /// <summary>Gets the number of regions.</summary>
    public int Count { get; }

    /// <summary>Gets the region of any architecture of the space, from 0.</summary>
    public int RegionOf(Architecture architecture) => _firsts.Count(first => Compare(first, architecture) <= 0);

    // A space without genes has texts.
    private static int Compare(Architecture left, Architecture right) =>
        left.Genes.AsSpan().SequenceCompareTo(right.Genes.AsSpan()) is not 0 and int order ? order : string.CompareOrdinal(left.Text, right.Text);
}

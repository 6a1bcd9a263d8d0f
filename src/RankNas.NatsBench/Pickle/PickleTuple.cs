namespace RankNas.NatsBench.Pickle;

/// <summary>A Python tuple.</summary>
internal sealed class PickleTuple
{
    public PickleTuple(object?[] items)
    {
        Items = items;
        Weight = PickleKey.WeightOf(items);
    }

    public IReadOnlyList<object?> Items { get; }

    /// <summary>Gets what hashing or comparing it costs; see <see cref="PickleKey"/>.</summary>
    public int Weight { get; }
}

namespace RankNas.NatsBench.Pickle;

/// <summary>A Python set, or a frozenset.</summary>
internal sealed class PickleSet
{
    private readonly HashSet<PickleKey> _items = [];
    private int? _hash;

    public PickleSet()
    {
    }

    /// <summary>Initializes a frozenset.</summary>
    public PickleSet(IEnumerable<object?> items)
    {
        AddRange(items);
        Weight = PickleKey.WeightOf(Items);
        IsFrozen = true;
    }

    public bool IsFrozen { get; }

    public IEnumerable<object?> Items => _items.Select(item => item.Value);

    /// <summary>Gets what hashing or comparing it costs; see <see cref="PickleKey"/>.</summary>
    public int Weight { get; } = int.MaxValue;

    public PickleSet AddRange(IEnumerable<object?> items)
    {
        if (IsFrozen)
        {
            throw new FormatException("it adds to a frozenset");
        }

        _items.UnionWith(items.Select(PickleKey.Of));
        return this;
    }

    public bool HasSameItems(PickleSet other) => _items.SetEquals(other._items);

    // Kept, or sets of sets would be hashed again at each level.
    public int HashItems() => _hash ??= _items.Aggregate(0, (hash, item) => hash ^ item.GetHashCode());
}

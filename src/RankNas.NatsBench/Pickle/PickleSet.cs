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
        foreach (object? item in items)
        {
            Add(item);
        }

        Weight = PickleKey.WeightOf(Items);
        IsFrozen = true;
    }

    public bool IsFrozen { get; }

    public IEnumerable<object?> Items => _items.Select(item => item.Value);

    /// <summary>Gets what hashing or comparing it costs; see <see cref="PickleKey"/>.</summary>
    public int Weight { get; } = int.MaxValue;

    public void Add(object? item)
    {
        if (IsFrozen)
        {
            throw new FormatException("it adds to a frozenset");
        }

        _items.Add(PickleKey.Of(item));
    }

    public bool HasSameItems(PickleSet other) => _items.SetEquals(other._items);

    // Kept, or sets of sets would be hashed again at each level.
    public int HashItems() => _hash ??= _items.Aggregate(0, (hash, item) => hash ^ item.GetHashCode());
}

using System.Diagnostics.CodeAnalysis;

namespace RankNas.NatsBench.Pickle;

/// <summary>A Python dict, or an OrderedDict.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<PickleKey, object?> _items = [];

    public int Count => _items.Count;

    public IEnumerable<KeyValuePair<object?, object?>> Items => _items.Select(item => KeyValuePair.Create(item.Key.Value, item.Value));

    public void Set(object? key, object? value) => _items[PickleKey.Of(key)] = value;

    public bool TryGet(object? key, [NotNullWhen(true)] out object? value) =>
        _items.TryGetValue(PickleKey.Of(key), out value) && value is not null;
}

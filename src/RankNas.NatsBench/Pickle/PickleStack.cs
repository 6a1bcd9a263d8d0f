namespace RankNas.NatsBench.Pickle;

/// <summary>The stack of the pickle machine, with its marks, within <see cref="PickleLimits"/>.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> _items = [];
    private readonly List<int> _marks = [];
    private int _count;

    // What lies below a mark is out of reach until the mark is gone.
    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    public void Push(object? item)
    {
        Charge(1);
        _items.Add(item);
    }

    /// <summary>Counts values against the limit, before they are copied.</summary>
    public void Charge(int items)
    {
        if (items > PickleLimits.Items - _count)
        {
            throw new FormatException(FormattableString.Invariant($"it has more than {PickleLimits.Items:N0} values"));
        }

        _count += items;
    }

    public object? Peek() => _items.Count > Floor ? _items[^1] : throw new FormatException("it takes a value where there is none");

    public T Peek<T>(string what) => Peek() is T item ? item : throw new FormatException($"it has no {what} where there must be one");

    public object? Pop()
    {
        object? item = Peek();
        _items.RemoveAt(_items.Count - 1);
        return item;
    }

    public T Pop<T>(string what)
    {
        T item = Peek<T>(what);
        Pop();
        return item;
    }

    /// <summary>Takes the values on top, in the order in which they were put there.</summary>
    public object?[] Pop(int count)
    {
        object?[] items = new object?[count];
        for (int index = count - 1; index >= 0; index--)
        {
            items[index] = Pop();
        }

        return items;
    }

    /// <summary>Drops the value on top, or the mark.</summary>
    public void Drop()
    {
        if (_marks.Count > 0 && _items.Count == Floor)
        {
            _marks.RemoveAt(_marks.Count - 1);
            return;
        }

        Pop();
    }

    public void Mark()
    {
        if (_marks.Count == PickleLimits.Depth)
        {
            throw new FormatException($"it is nested deeper than {PickleLimits.Depth}");
        }

        _marks.Add(_items.Count);
    }

    /// <summary>Takes the values down to the mark, in the order in which they were put there, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw new FormatException("it goes back to a mark where there is none");
        }

        object?[] items = [.. _items[Floor..]];
        _items.RemoveRange(Floor, items.Length);
        _marks.RemoveAt(_marks.Count - 1);
        return items;
    }
}

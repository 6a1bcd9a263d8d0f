namespace RankNas.Kernels.Memory;

/// <summary>Which parts of a piece of memory are free, and who gets which: the shortest that is long enough.</summary>
/// <remarks>The rest that nobody has had yet comes last, however short it is: its pages take no memory so far, and what is put there would be in the way of the longest range.</remarks>
internal sealed class FreeRanges
{
    private readonly List<(long Offset, long Length)> _free;
    private readonly long _length;
    private long _used;

    /// <summary>Initializes a piece that is all free.</summary>
    /// <param name="length">Its length.</param>
    public FreeRanges(long length)
    {
        _length = length;
        _free = [(0, length)];
    }

    /// <summary>Gets whether nothing is taken.</summary>
    public bool IsWhole => _free is [var only] && only.Length == _length;

    /// <summary>Takes a range.</summary>
    /// <param name="length">Its length, at least 1.</param>
    /// <param name="offset">Where it begins.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(long length, out long offset)
    {
        int index = -1;
        for (int range = 0; range < _free.Count; range++)
        {
            if (_free[range].Length >= length && (index < 0 || RankOf(_free[range]) < RankOf(_free[index])))
            {
                index = range;
            }
        }

        if (index < 0)
        {
            offset = 0;
            return false;
        }

        (offset, long room) = _free[index];
        _used = Math.Max(_used, offset + length);
        if (room == length)
        {
            _free.RemoveAt(index);
        }
        else
        {
            _free[index] = (offset + length, room - length);
        }

        return true;
    }

    private long RankOf((long Offset, long Length) range) => range.Offset + range.Length > _used ? _length : range.Length;

    /// <summary>Gives back a range, which joins the free ones beside it.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">Its length, as it was taken.</param>
    public void Give(long offset, long length)
    {
        int next = _free.FindIndex(range => range.Offset > offset);
        next = next < 0 ? _free.Count : next;
        if (next < _free.Count && _free[next].Offset == offset + length)
        {
            length += _free[next].Length;
            _free.RemoveAt(next);
        }

        if (next > 0 && _free[next - 1] is var (before, room) && before + room == offset)
        {
            _free[next - 1] = (before, room + length);
        }
        else
        {
            _free.Insert(next, (offset, length));
        }
    }
}

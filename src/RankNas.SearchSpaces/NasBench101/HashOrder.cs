namespace RankNas.SearchSpaces.NasBench101;

/// <summary>All cells in the order of their module hashes, which is that of the benchmark's indices.</summary>
/// <remarks>The order is a resource, written by <c>eng/nb101-hash-order.py</c>: the hashes of all cells would take seconds. A hash is found among few.</remarks>
internal sealed class HashOrder
{
    private const string Resource = "nb101-hash-order";
    private const int BytesOfEntry = 3;

    private readonly CellGraph101[] _cells;

    /// <summary>Reads the order.</summary>
    /// <param name="cells">All cells, in the order of <see cref="CellGraph101.All"/>.</param>
    public HashOrder(CellGraph101[] cells)
    {
        using Stream order = typeof(HashOrder).Assembly.GetManifestResourceStream(Resource)!;
        byte[] bytes = new byte[cells.Length * BytesOfEntry];
        order.ReadExactly(bytes);
        _cells = [.. bytes.Chunk(BytesOfEntry).Select(entry => cells[entry[0] | entry[1] << 8 | entry[2] << 16])];
    }

    public CellGraph101 this[int index] => _cells[index];

    public CellGraph101? Find(UInt128 hash) => IndexOf(hash) is var index and >= 0 ? _cells[index] : null;

    /// <summary>Gets the index of the cell of a hash; negative where there is none.</summary>
    public int IndexOf(UInt128 hash)
    {
        int first = 0, end = _cells.Length;
        while (first < end)
        {
            int middle = (first + end) / 2;
            UInt128 found = ModuleHash.Of(_cells[middle]);
            if (found == hash)
            {
                return middle;
            }

            (first, end) = found < hash ? (middle + 1, end) : (first, middle);
        }

        return -1;
    }
}

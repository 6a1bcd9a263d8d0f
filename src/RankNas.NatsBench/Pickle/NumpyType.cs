using System.Buffers.Binary;

namespace RankNas.NatsBench.Pickle;

/// <summary>The kind of number that a NumPy scalar is of: NATS-Bench keeps its parameters and latencies so.</summary>
internal sealed class NumpyType(string code)
{
    private bool _isLittleEndian;

    /// <summary>Takes over the state of a dtype: (version, byte order, …).</summary>
    public void SetState(PickleTuple state)
    {
        if (state.Items.Count < 2 || state.Items[1] is not "<")
        {
            throw new FormatException("it has a NumPy number whose bytes are not in little-endian order");
        }

        _isLittleEndian = true;
    }

    public object Read(byte[] bytes) => (code, bytes.Length, _isLittleEndian) switch
    {
        ("f8", sizeof(double), true) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ("f4", sizeof(float), true) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ("i8", sizeof(long), true) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ("i4", sizeof(int), true) => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
        _ => throw new FormatException("it has a NumPy number of an unknown kind"),
    };
}

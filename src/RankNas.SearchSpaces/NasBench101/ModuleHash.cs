using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RankNas.SearchSpaces.NasBench101;

/// <summary>NAS-Bench-101's module hash: equal for cells that differ in the numbers of their vertices alone.</summary>
internal static class ModuleHash
{
    /// <summary>The number of hexadecimal digits.</summary>
    public const int Length = 32;

    private const int InputLabel = -1;
    private const int OutputLabel = -2;
    private const int MostBytes = 512;

    /// <summary>Computes the hash as the benchmark's <c>hash_module</c> does. Numbers are in the order of their digits.</summary>
    public static UInt128 Of(CellGraph101 cell)
    {
        int count = cell.Vertices;
        Span<UInt128> hashes = stackalloc UInt128[count], next = stackalloc UInt128[count], neighbors = stackalloc UInt128[count];
        Span<byte> text = stackalloc byte[MostBytes];
        for (int vertex = 0; vertex < count; vertex++)
        {
            (int inputs, int outputs) = DegreesOf(cell, vertex);
            Encoding.ASCII.TryGetBytes(string.Create(CultureInfo.InvariantCulture, $"({outputs}, {inputs}, {LabelOf(cell, vertex)})"), text, out int length);
            hashes[vertex] = Md5(text[..length]);
        }

        for (int round = 0; round < count; round++)
        {
            for (int vertex = 0; vertex < count; vertex++)
            {
                int length = WriteNeighbors(cell, vertex, 0, vertex, hashes, neighbors, text);
                text[length++] = (byte)'|';
                length += WriteNeighbors(cell, vertex, vertex + 1, count, hashes, neighbors, text[length..]);
                text[length++] = (byte)'|';
                length += WriteDigits(hashes[vertex], text[length..]);
                next[vertex] = Md5(text[..length]);
            }

            next.CopyTo(hashes);
        }

        hashes.Sort();
        return Md5(text[..WriteList(hashes, text)]);
    }

    /// <summary>Writes a hash as 32 hexadecimal digits.</summary>
    public static string TextOf(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads 32 hexadecimal digits; null where the text has others.</summary>
    public static UInt128? Parse(string text) =>
        text.Length == Length && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 hash) ? hash : null;

    private static (int Inputs, int Outputs) DegreesOf(CellGraph101 cell, int vertex)
    {
        int inputs = 0, outputs = 0;
        for (int other = 0; other < cell.Vertices; other++)
        {
            inputs += other < vertex && cell.HasEdge(other, vertex) ? 1 : 0;
            outputs += other > vertex && cell.HasEdge(vertex, other) ? 1 : 0;
        }

        return (inputs, outputs);
    }

    private static int LabelOf(CellGraph101 cell, int vertex) => vertex == 0 ? InputLabel : vertex == cell.Vertices - 1 ? OutputLabel : (int)cell.OperationOf(vertex);

    // The hashes of the neighbours among these vertices, in order, one after the other.
    private static int WriteNeighbors(CellGraph101 cell, int vertex, int first, int end, Span<UInt128> hashes, Span<UInt128> neighbors, Span<byte> text)
    {
        int count = 0;
        for (int other = first; other < end; other++)
        {
            if (cell.HasEdge(Math.Min(other, vertex), Math.Max(other, vertex)))
            {
                neighbors[count++] = hashes[other];
            }
        }

        neighbors[..count].Sort();
        for (int index = 0; index < count; index++)
        {
            WriteDigits(neighbors[index], text[(index * Length)..]);
        }

        return count * Length;
    }

    // A list of strings as Python prints it.
    private static int WriteList(ReadOnlySpan<UInt128> hashes, Span<byte> text)
    {
        int length = 0;
        foreach (UInt128 hash in hashes)
        {
            length += Copy(length == 0 ? "['"u8 : "', '"u8, text[length..]);
            length += WriteDigits(hash, text[length..]);
        }

        return length + Copy("']"u8, text[length..]);
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> target)
    {
        source.CopyTo(target);
        return source.Length;
    }

    private static int WriteDigits(UInt128 hash, Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[MD5.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        Convert.TryToHexStringLower(bytes, text, out int written);
        return written;
    }

    private static UInt128 Md5(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // The benchmark's own hash: it names cells and protects nothing.
        MD5.HashData(text, hash);
#pragma warning restore CA5351
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
